/* Verdicts: the answer, its path and its renderings. */
#include "check.h"

static asaf_verdict *between(const char *from, const char *to, const char *model, uint32_t rules) {
    asaf_verdict *verdict;
    OK(asaf_compat_between(version(from), version(to), str(model), rules, &verdict, NULL));
    return verdict;
}

static asaf_verdict_kind kind(const asaf_verdict *verdict) {
    asaf_verdict_kind kind;
    OK(asaf_verdict_read_kind(verdict, &kind));
    return kind;
}

static void stops(void) {
    asaf_verdict *verdict = between("7.0(8)", "7.2(5)", "ASA5520", ASAF_RULES_AUTO);
    asaf_version stop;
    asaf_str text;
    size_t count;
    bool hitless;
    CHECK(kind(verdict) == ASAF_VERDICT_KIND_NEEDS_STOPS);
    OK(asaf_verdict_is_hitless(verdict, &hitless));
    CHECK(hitless);
    OK(asaf_verdict_stop_count(verdict, &count));
    CHECK(count == 1);
    OK(asaf_verdict_stop(verdict, 0, &stop));
    CHECK(asaf_version_compare(stop, version("7.1(2)")) == 0);
    STATUS(ASAF_STATUS_ABSENT, asaf_verdict_stop(verdict, 1, &stop));
    OK(asaf_verdict_rule(verdict, &text));
    EQUALS(text, "strict.minor.next");
    OK(asaf_verdict_text(verdict, &text));
    CONTAINS(text, "7.0(8) -> 7.1(2)");
    OK(asaf_verdict_json(verdict, &text));
    CONTAINS(text, "\"kind\":\"needs_stops\"");

    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_read_kind(verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_is_hitless(verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_stop_count(verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_stop(verdict, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_rule(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_text(verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_json(NULL, &text));
    OK(asaf_verdict_free(verdict));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_verdict_text(verdict, &text));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_verdict_free(verdict));
}

static void kinds(void) {
    static const struct {
        const char *from, *to, *model;
        asaf_verdict_kind kind;
    } table[] = {
        {"9.8(4)", "9.8(4)", "ASA5525", ASAF_VERDICT_KIND_SAME},
        {"9.8(4)", "9.8(4)48", "ASA5525", ASAF_VERDICT_KIND_HITLESS},
        {"9.8(4)48", "9.8(4)", "ASA5525", ASAF_VERDICT_KIND_DOWNGRADE},
        {"9.8(4)", "11.3(1)", "", ASAF_VERDICT_KIND_UNKNOWN},
    };
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        asaf_verdict *verdict = between(table[at].from, table[at].to, table[at].model, ASAF_RULES_AUTO);
        CHECK(kind(verdict) == table[at].kind);
        OK(asaf_verdict_free(verdict));
    }
}

static void wrong(void) {
    asaf_verdict *verdict;
    asaf_version v = version("9.8(4)");
    REFUSED(ASAF_STATUS_BAD_VALUE, "rules: expected a value of asaf_rules, found 77",
            asaf_compat_between(v, v, str(""), 77, &verdict, &error));
    CHECK(verdict == NULL);
    STATUS(ASAF_STATUS_BAD_TEXT,
           asaf_compat_between(v, v, str("\xc3"), ASAF_RULES_AUTO, &verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT,
           asaf_compat_between(v, v, str(""), ASAF_RULES_AUTO, NULL, NULL));
}

int main(void) {
    stops();
    kinds();
    wrong();
    return done("verdicts");
}
