#ifndef POLICY_H
#define POLICY_H

#include "mbedtls/ssl.h"
#include "mbedtls/x509_crt.h"

/*
 * Configures a client that trusts these roots. The server has to show a certificate that is valid
 * now, signed under one of them, with the host among its alternative names; there is no way round.
 * Both must outlive every connection. Returns 0, or something else if there is no memory.
 */
int configure(mbedtls_ssl_config *config, mbedtls_x509_crt *roots);

#endif
