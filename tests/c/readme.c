/* May a pair of ASA 5520 go from 7.0(8) to 7.2(5) without downtime? */
#include <asa_failover.h>
#include <stdio.h>

int main(void) {
    asaf_version from, to;
    asaf_verdict *verdict = NULL;
    asaf_str text;

    if (asaf_version_parse(asaf_str_of("7.0(8)"), &from, NULL) == ASAF_STATUS_OK &&
        asaf_version_parse(asaf_str_of("7.2(5)"), &to, NULL) == ASAF_STATUS_OK &&
        asaf_compat_between(NULL, from, to, asaf_str_of("ASA5520"), ASAF_RULES_AUTO, &verdict,
                            NULL) == ASAF_STATUS_OK &&
        asaf_verdict_text(verdict, &text) == ASAF_STATUS_OK) {
        printf("%.*s\n", (int)text.len, text.data);
    }
    asaf_verdict_free(verdict);
    return verdict == NULL;
}
