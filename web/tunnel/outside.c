/* What Mbed TLS needs from outside: random bytes and the time, which the host gives. */
#include <time.h>

#include "mbedtls/platform_time.h"
#include "psa/crypto.h"
#include "tls.h"

psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t *context,
                                             uint8_t *target, size_t size, size_t *length) {
    (void) context;
    fill_random(target, size);
    *length = size;
    return PSA_SUCCESS;
}

mbedtls_ms_time_t mbedtls_ms_time(void) {
    double now = now_ms();
    return now > 0 && now < 1e15 ? (mbedtls_ms_time_t) now : 0; /* not for a clock that is broken */
}

time_t tls_time(time_t *target) {
    time_t now = (time_t) (mbedtls_ms_time() / 1000);
    if (target != NULL) {
        *target = now;
    }
    return now;
}
