/* Verdicts: the answer, its path, what it asks for, and its renderings; and the tables it rests on. */
#include "check.h"

static asaf_verdict *between(const char *from, const char *to, const char *model, uint32_t rules) {
    asaf_verdict *verdict;
    OK(asaf_compat_between(NULL, version(from), version(to), str(model), rules, &verdict, NULL));
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
            asaf_compat_between(NULL, v, v, str(""), 77, &verdict, &error));
    CHECK(verdict == NULL);
    STATUS(ASAF_STATUS_BAD_TEXT,
           asaf_compat_between(NULL, v, v, str("\xc3"), ASAF_RULES_AUTO, &verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT,
           asaf_compat_between(NULL, v, v, str(""), ASAF_RULES_AUTO, NULL, NULL));
}

static void reasons(void) {
    asaf_verdict *verdict = between("9.12(4)", "9.16(4)", "ASA5525", ASAF_RULES_AUTO);
    asaf_reason reason;
    asaf_basis basis;
    CHECK(kind(verdict) == ASAF_VERDICT_KIND_REFUSED);
    OK(asaf_verdict_reason(verdict, &reason));
    EQUALS(reason.id, "model.last");
    CONTAINS(reason.text, "ASA 5525-X");
    CHECK(reason.action.len > 0);
    OK(asaf_verdict_read_basis(verdict, &basis));
    CHECK(basis == reason.basis && basis != ASAF_BASIS_OTHER);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_reason(verdict, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_read_basis(NULL, &basis));
    OK(asaf_verdict_free(verdict));

    verdict = between("9.8(4)", "9.8(4)", "ASA5525", ASAF_RULES_AUTO);
    STATUS(ASAF_STATUS_ABSENT, asaf_verdict_reason(verdict, &reason));
    STATUS(ASAF_STATUS_ABSENT, asaf_verdict_read_basis(verdict, &basis));
    OK(asaf_verdict_free(verdict));
}

/* The condition of an id; it has to be there. */
static asaf_condition condition(const asaf_verdict *verdict, const char *id) {
    asaf_condition found;
    size_t count;
    OK(asaf_verdict_condition_count(verdict, &count));
    for (size_t at = 0; at < count; at++) {
        OK(asaf_verdict_condition(verdict, at, &found));
        if (equals(found.id, id)) {
            return found;
        }
    }
    FAIL("expected the condition %s", id);
}

static void conditions(void) {
    asaf_verdict *verdict = between("8.2(5)", "8.4(7)", "ASA5520", ASAF_RULES_AUTO);
    asaf_condition found;
    asaf_basis basis;
    size_t count;
    found = condition(verdict, "migration.8.3");
    CHECK(found.basis == ASAF_BASIS_VENDOR && !found.lockout && found.command.len == 0);
    CHECK(found.fact == ASAF_FACT_KIND_NONE && found.fact_value == 0);
    CONTAINS(found.text, "redesigns NAT");
    CONTAINS(found.action, "rehearse the migration");
    found = condition(verdict, "memory.8.3.asa5520-5540");
    CHECK(found.fact == ASAF_FACT_KIND_RAM_MIB && found.fact_value == 2048 && found.fact_below == 4096);
    EQUALS(found.command, "show version");
    OK(asaf_verdict_condition(verdict, 0, &found));
    CHECK(found.lockout);
    OK(asaf_verdict_condition_count(verdict, &count));
    STATUS(ASAF_STATUS_ABSENT, asaf_verdict_condition(verdict, count, &found));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_condition(verdict, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_condition_count(NULL, &count));
    OK(asaf_verdict_free(verdict));

    verdict = between("9.6(2)1", "9.6(4)", "ASA5525", ASAF_RULES_AUTO);
    found = condition(verdict, "CSCvd78303");
    CHECK(found.fact == ASAF_FACT_KIND_UPTIME_DAYS && found.fact_value == 212);
    OK(asaf_verdict_free(verdict));

    verdict = between("9.12(4)", "9.16(4)", "ASA5516", ASAF_RULES_AUTO);
    found = condition(verdict, "remembered.rsa.small.9.16");
    CHECK(found.basis == ASAF_BASIS_MEMORY && found.lockout);
    OK(asaf_verdict_read_basis(verdict, &basis));
    CHECK(basis == ASAF_BASIS_MEMORY);
    OK(asaf_verdict_free(verdict));
}

static void guidelines(void) {
    asaf_verdict *verdict = between("9.12(4)", "9.16(4)", "ASA5516", ASAF_RULES_AUTO);
    bool kinds[ASAF_GUIDELINE_KIND_NOTE + 1] = {false};
    asaf_guideline found;
    asaf_str text;
    size_t count, all;
    OK(asaf_verdict_guideline_count(verdict, &count));
    for (size_t at = 0; at < count; at++) {
        OK(asaf_verdict_guideline(verdict, at, &found));
        CHECK(found.id.len > 0 && found.topic.len > 0 && found.text.len > 0);
        CHECK(found.kind <= ASAF_GUIDELINE_KIND_NOTE && found.basis != ASAF_BASIS_OTHER);
        CHECK(found.kind == ASAF_GUIDELINE_KIND_CONDITION || found.fact == ASAF_FACT_KIND_NONE);
        kinds[found.kind] = true;
    }
    CHECK(kinds[ASAF_GUIDELINE_KIND_CONDITION] && kinds[ASAF_GUIDELINE_KIND_PROCEDURE]);
    CHECK(!kinds[ASAF_GUIDELINE_KIND_OTHER]);
    CHECK(found.general && !found.of_target && !found.lockout); /* what holds of every upgrade comes last */
    OK(asaf_verdict_guideline(verdict, 0, &found));
    CHECK(found.lockout && !found.general);
    OK(asaf_verdict_json(verdict, &text));
    CONTAINS(text, "\"guidelines\":[{\"id\":");
    STATUS(ASAF_STATUS_ABSENT, asaf_verdict_guideline(verdict, count, &found));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_guideline(verdict, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_verdict_guideline_count(verdict, NULL));
    OK(asaf_verdict_free(verdict));

    OK(asaf_compat_guideline_count(NULL, &all));
    CHECK(all > count);
    OK(asaf_compat_guideline(NULL, 0, &found));
    CHECK(found.lockout);
    STATUS(ASAF_STATUS_ABSENT, asaf_compat_guideline(NULL, all, &found));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_guideline(NULL, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_guideline_count(NULL, NULL));
}

#define SITE                                                                                       \
    "action,versions,models,text\n"                                                                \
    "forbid,9.16(4)57,,it drops our VPN users\n"                                                   \
    "stop,9.12(4)67,,\n"

static void tables(void) {
    asaf_compat *bundled, *site, *twice;
    asaf_verdict *verdict;
    asaf_reason reason;
    asaf_model *model;
    asaf_basis basis;
    asaf_str hash, own, text;
    asaf_version from = version("9.8(4)"), to = version("9.16(4)57");
    OK(asaf_compat_bundled(&bundled, NULL));
    OK(asaf_compat_table_hash(NULL, &hash));
    OK(asaf_compat_table_hash(bundled, &own));
    CHECK(hash.len == 64 && own.len == 64 && memcmp(hash.data, own.data, 64) == 0);

    OK(asaf_compat_overlaid(bundled, str("site.csv"), str(SITE), &site, NULL));
    OK(asaf_compat_free(bundled));
    OK(asaf_compat_table_hash(site, &own));
    CHECK(memcmp(hash.data, own.data, 64) != 0);
    OK(asaf_compat_between(site, from, to, str("ASA5516"), ASAF_RULES_AUTO, &verdict, NULL));
    CHECK(kind(verdict) == ASAF_VERDICT_KIND_REFUSED);
    OK(asaf_verdict_reason(verdict, &reason));
    EQUALS(reason.text, "this site forbids 9.16(4)57: it drops our VPN users");
    OK(asaf_verdict_read_basis(verdict, &basis));
    CHECK(basis == ASAF_BASIS_SITE);
    OK(asaf_verdict_json(verdict, &text));
    CONTAINS(text, "\"sources\":[\"site.csv line 2\"]");
    OK(asaf_verdict_free(verdict));

    /* Rows over rows, and what was made by tables outlives them. */
    OK(asaf_compat_overlaid(site, str("lab.csv"), str("action,versions,models,text\nforbid,9.8(4)48,,\n"),
                            &twice, NULL));
    OK(asaf_compat_free(site));
    OK(asaf_compat_between(twice, from, version("9.8(4)48"), str("ASA5516"), ASAF_RULES_AUTO, &verdict, NULL));
    OK(asaf_compat_model(twice, str("ASA5516"), &model, NULL));
    OK(asaf_compat_free(twice));
    OK(asaf_verdict_reason(verdict, &reason));
    EQUALS(reason.text, "this site forbids 9.8(4)48");
    OK(asaf_model_name(model, &text));
    EQUALS(text, "ASA 5516-X");
    OK(asaf_model_free(model));
    OK(asaf_verdict_free(verdict));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_compat_table_hash(twice, &own));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_compat_free(twice));
    OK(asaf_compat_free(NULL));
}

static void wrong_tables(void) {
    asaf_compat *site;
    asaf_error *error;
    asaf_str hash;
    size_t line;
    REFUSED(ASAF_STATUS_BAD_TABLE, "site.csv, line 2, column versions:",
            asaf_compat_overlaid(NULL, str("site.csv"), str("action,versions,models,text\nforbid,nine,,\n"),
                                 &site, &error));
    CHECK(site == NULL);
    STATUS(ASAF_STATUS_BAD_TABLE,
           asaf_compat_overlaid(NULL, str("site.csv"),
                                str("action,versions,models,text\nforbid,9.17,,\nallow,9.8(4),,\n"), &site,
                                &error));
    OK(asaf_error_line(error, &line));
    CHECK(line == 3);
    OK(asaf_error_free(error));
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_compat_overlaid(NULL, str("site.csv"), str("\xc3"), &site, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_overlaid(NULL, str("a"), str(SITE), NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_bundled(NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_table_hash(NULL, NULL));
    OK(asaf_compat_bundled(&site, NULL));
    REFUSED(ASAF_STATUS_BAD_HANDLE, "verdict: expected a handle of asaf_verdict, found one of asaf_compat",
            asaf_compat_asdm_for(NULL, (asaf_verdict *)(void *)site, version("7.2(1)"),
                                 &(asaf_asdm_steps *){NULL}, &error));
    OK(asaf_compat_free(site));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_compat_table_hash(site, &hash));
}

int main(void) {
    stops();
    kinds();
    reasons();
    conditions();
    guidelines();
    tables();
    wrong_tables();
    wrong();
    return done("verdicts");
}
