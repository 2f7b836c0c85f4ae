/* TLS for a page: tls.h says what each export does. */
#include "tls.h"

#include <stdlib.h>
#include <string.h>

#include "mbedtls/platform_util.h"
#include "mbedtls/ssl.h"
#include "mbedtls/x509_crt.h"
#include "policy.h"
#include "psa/crypto.h"

enum state { HANDSHAKING, OPEN, ENDED, FAILED };

struct connection {
    int32_t handle;
    enum state state;
    mbedtls_ssl_context ssl;
    const uint8_t *input; /* what the peer sent and Mbed TLS has not asked for yet */
    size_t input_length;
    int is_starved; /* Mbed TLS wanted more than there is */
    uint8_t *waiting; /* what is to be sent */
    size_t waiting_length;
    int is_closed; /* we have said that nothing follows */
    int error;
    uint32_t flags;
};

static uint8_t input[TLS_INPUT_SIZE];
static uint8_t output[TLS_OUTPUT_SIZE];
static size_t output_length;
static struct connection *connections[TLS_CONNECTIONS];
static int32_t connection_count; /* ever */
static mbedtls_x509_crt *roots;
static int32_t root_count;
static mbedtls_ssl_config config;

static int receive(void *context, unsigned char *target, size_t length) {
    struct connection *connection = context;
    if (connection->input_length == 0) {
        connection->is_starved = 1;
        return MBEDTLS_ERR_SSL_WANT_READ;
    }
    if (length > connection->input_length) {
        length = connection->input_length;
    }
    memcpy(target, connection->input, length);
    connection->input += length;
    connection->input_length -= length;
    return (int) length;
}

static int send(void *context, const unsigned char *source, size_t length) {
    struct connection *connection = context;
    uint8_t *grown = realloc(connection->waiting, connection->waiting_length + length);
    if (grown == NULL) {
        return MBEDTLS_ERR_SSL_ALLOC_FAILED;
    }
    memcpy(grown + connection->waiting_length, source, length);
    connection->waiting = grown;
    connection->waiting_length += length;
    return (int) length;
}

/* Between calls. */

static void wipe_output(void) {
    mbedtls_platform_zeroize(output, output_length);
    output_length = 0;
}

static int32_t wipe_input(uint32_t length, int32_t result) {
    mbedtls_platform_zeroize(input, length < sizeof input ? length : sizeof input);
    return result;
}

static struct connection *find(int32_t handle) {
    struct connection *found = handle > 0 ? connections[handle % TLS_CONNECTIONS] : NULL;
    wipe_output();
    return found != NULL && found->handle == handle ? found : NULL;
}

static int32_t report(const struct connection *connection) {
    static const int32_t bits[] = {
        [HANDSHAKING] = 0, [OPEN] = TLS_OPEN, [ENDED] = TLS_ENDED, [FAILED] = TLS_FAILED};
    return (int32_t) output_length | bits[connection->state] |
           (connection->waiting_length > 0 ? TLS_WAITING : 0);
}

/* Whether it was in the proof that the certificate's key is the peer's that this went wrong. */
static int lacks_key(const struct connection *connection, int error) {
    switch (connection->ssl.MBEDTLS_PRIVATE(state)) {
        case MBEDTLS_SSL_CERTIFICATE_VERIFY: /* TLS 1.3 */
            return error == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE;
        case MBEDTLS_SSL_SERVER_KEY_EXCHANGE: /* TLS 1.2: the error is RSA's, ECP's or PK's own */
            return error > -0x5000;
        default:
            return 0;
    }
}

static void fail(struct connection *connection, int error) {
    if (connection->state == OPEN && error == MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE) {
        /* Mbed TLS says so by itself in a handshake only. A KeyUpdate ends here. */
        (void) mbedtls_ssl_send_alert_message(&connection->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
                                              MBEDTLS_SSL_ALERT_MSG_UNEXPECTED_MESSAGE);
    }
    connection->flags = mbedtls_ssl_get_verify_result(&connection->ssl);
    if (connection->flags == UINT32_MAX) {
        connection->flags = 0; /* there was nothing to judge */
    }
    if (connection->state == HANDSHAKING && lacks_key(connection, error)) {
        connection->flags |= MBEDTLS_X509_BADCERT_OTHER;
    }
    connection->error = error;
    connection->state = FAILED;
    mbedtls_ssl_free(&connection->ssl); /* overwrites the keys */
}

static void shake_hands(struct connection *connection) {
    int result = mbedtls_ssl_handshake(&connection->ssl);
    if (result == 0 && mbedtls_ssl_get_verify_result(&connection->ssl) != 0) {
        result = MBEDTLS_ERR_SSL_BAD_CERTIFICATE; /* cannot be: it was required to be right */
    }
    if (result == 0) {
        connection->state = OPEN;
    } else if (result != MBEDTLS_ERR_SSL_WANT_READ) {
        fail(connection, result);
    }
}

static void decrypt(struct connection *connection) {
    connection->is_starved = 0;
    while (connection->state == OPEN && !connection->is_starved) {
        int result = mbedtls_ssl_read(&connection->ssl, output + output_length,
                                      sizeof output - output_length);
        if (result > 0) {
            output_length += (size_t) result;
        } else if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
            connection->state = ENDED;
        } else if (result != MBEDTLS_ERR_SSL_WANT_READ) {
            fail(connection, result != 0 ? result : MBEDTLS_ERR_SSL_INTERNAL_ERROR);
        }
    }
}

/* The exports. */

uint8_t *tls_input(void) {
    return input;
}

const uint8_t *tls_output(void) {
    return output;
}

static int32_t add_root(uint32_t length) {
    mbedtls_x509_crt *root;
    int result;
    if (length == 0 || length > sizeof input) {
        return TLS_BAD_CALL;
    }
    if (connection_count > 0) {
        return TLS_TOO_LATE;
    }
    root = malloc(sizeof *root);
    if (root == NULL || psa_crypto_init() != PSA_SUCCESS) {
        free(root);
        return TLS_NO_ROOM;
    }
    mbedtls_x509_crt_init(root);
    result = mbedtls_x509_crt_parse_der(root, input, length);
    if (result != 0 || root->raw.len != length || !mbedtls_x509_crt_get_ca_istrue(root)) {
        mbedtls_x509_crt_free(root);
        free(root);
        return TLS_BAD_ROOT;
    }
    root->next = roots;
    roots = root;
    return ++root_count;
}

int32_t tls_add_root(uint32_t length) {
    wipe_output();
    return wipe_input(length, add_root(length));
}

static int is_host(const uint8_t *name, uint32_t length) {
    uint32_t i;
    for (i = 0; i < length; i++) {
        uint8_t c = name[i];
        int is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_letter && (i == 0 || i == length - 1 || (c != '-' && c != '.'))) {
            return 0;
        }
    }
    return length > 0;
}

static void release(struct connection *connection) {
    mbedtls_ssl_free(&connection->ssl);
    free(connection->waiting);
    mbedtls_platform_zeroize(connection, sizeof *connection);
    free(connection);
}

static int32_t connect(uint32_t length) {
    char host[TLS_HOST_SIZE + 1] = {0};
    int32_t slot = 0;
    struct connection *connection;
    if (length > sizeof input) {
        return TLS_BAD_CALL;
    }
    if (length > TLS_HOST_SIZE || !is_host(input, length)) {
        return TLS_BAD_HOST;
    }
    if (root_count == 0) {
        return TLS_NO_ROOTS;
    }
    if (connection_count == 0 && configure(&config, roots) != 0) {
        return TLS_NO_ROOM;
    }
    while (slot < TLS_CONNECTIONS && connections[slot] != NULL) {
        slot++;
    }
    connection = slot < TLS_CONNECTIONS ? calloc(1, sizeof *connection) : NULL;
    if (connection == NULL) {
        return TLS_NO_ROOM;
    }
    memcpy(host, input, length);
    mbedtls_ssl_init(&connection->ssl);
    mbedtls_ssl_set_bio(&connection->ssl, connection, send, receive, NULL);
    if (mbedtls_ssl_setup(&connection->ssl, &config) != 0 ||
        mbedtls_ssl_set_hostname(&connection->ssl, host) != 0) {
        release(connection);
        return TLS_NO_ROOM;
    }
    connection->handle = (connection_count++ & 0xffffff) * TLS_CONNECTIONS + TLS_CONNECTIONS + slot;
    connections[slot] = connection;
    shake_hands(connection);
    return connection->handle;
}

int32_t tls_connect(uint32_t length) {
    wipe_output();
    return wipe_input(length, connect(length));
}

static int32_t feed(struct connection *connection, uint32_t length) {
    if (connection == NULL || length > sizeof input) {
        return TLS_BAD_CALL;
    }
    if (connection->waiting_length > 0) {
        return TLS_TAKE_FIRST;
    }
    connection->input = input;
    connection->input_length = length;
    if (connection->state == HANDSHAKING) {
        shake_hands(connection);
    }
    decrypt(connection);
    connection->input_length = 0;
    return report(connection);
}

int32_t tls_feed(int32_t handle, uint32_t length) {
    return wipe_input(length, feed(find(handle), length));
}

static int32_t write(struct connection *connection, uint32_t length) {
    uint32_t written = 0;
    if (connection == NULL || length > sizeof input) {
        return TLS_BAD_CALL;
    }
    if (connection->state != OPEN || connection->is_closed) {
        return TLS_TOO_LATE;
    }
    if (connection->waiting_length > 0) {
        return TLS_TAKE_FIRST;
    }
    while (written < length && connection->state == OPEN) {
        int result = mbedtls_ssl_write(&connection->ssl, input + written, length - written);
        if (result > 0) {
            written += (uint32_t) result;
        } else {
            fail(connection, result != 0 ? result : MBEDTLS_ERR_SSL_INTERNAL_ERROR);
        }
    }
    return report(connection);
}

int32_t tls_write(int32_t handle, uint32_t length) {
    return wipe_input(length, write(find(handle), length));
}

int32_t tls_take(int32_t handle) {
    struct connection *connection = find(handle);
    if (connection == NULL) {
        return TLS_BAD_CALL;
    }
    output_length = connection->waiting_length;
    if (output_length > sizeof output) {
        output_length = sizeof output;
    }
    connection->waiting_length -= output_length;
    if (output_length > 0) {
        memcpy(output, connection->waiting, output_length);
        memmove(connection->waiting, connection->waiting + output_length,
                connection->waiting_length);
    }
    return report(connection);
}

int32_t tls_close(int32_t handle) {
    struct connection *connection = find(handle);
    if (connection == NULL) {
        return TLS_BAD_CALL;
    }
    if ((connection->state == OPEN || connection->state == ENDED) && !connection->is_closed) {
        (void) mbedtls_ssl_close_notify(&connection->ssl);
        connection->is_closed = 1;
    }
    return report(connection);
}

int32_t tls_free(int32_t handle) {
    struct connection *connection = find(handle);
    if (connection == NULL) {
        return TLS_BAD_CALL;
    }
    connections[handle % TLS_CONNECTIONS] = NULL;
    release(connection);
    return 0;
}

int32_t tls_error(int32_t handle) {
    const struct connection *connection = find(handle);
    return connection != NULL ? connection->error : TLS_BAD_CALL;
}

uint32_t tls_flags(int32_t handle) {
    const struct connection *connection = find(handle);
    return connection != NULL ? connection->flags : 0;
}

int32_t tls_describe(int32_t handle) {
    const struct connection *connection = find(handle);
    if (connection == NULL) {
        return TLS_BAD_CALL;
    }
    if (connection->state == OPEN || connection->state == ENDED) {
        const char *parts[] = {mbedtls_ssl_get_version(&connection->ssl), " ",
                               mbedtls_ssl_get_ciphersuite(&connection->ssl)};
        size_t i;
        for (i = 0; i < sizeof parts / sizeof *parts; i++) {
            size_t length = strlen(parts[i]);
            memcpy(output + output_length, parts[i], length);
            output_length += length;
        }
    }
    return (int32_t) output_length;
}
