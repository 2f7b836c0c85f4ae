/* The time, from WASI: what outside.c is to the module. */
#include <time.h>

#include "mbedtls/platform_time.h"

time_t tls_time(time_t *target) {
    return time(target);
}

mbedtls_ms_time_t mbedtls_ms_time(void) {
    return (mbedtls_ms_time_t) time(NULL) * 1000;
}
