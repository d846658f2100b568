/* ASDM: the answer for a release, the steps of a way, and the order in which it goes. */
#include "check.h"

static const asaf_version NONE = {0, 0, 0, 0};

static asaf_asdm *asdm(const char *target, asaf_version present) {
    asaf_asdm *asdm;
    OK(asaf_compat_asdm(NULL, version(target), present, &asdm, NULL));
    return asdm;
}

static asaf_asdm_fit fit(const char *target, const char *present) {
    asaf_asdm *answer = asdm(target, version(present));
    asaf_asdm_fit fit;
    OK(asaf_asdm_read_fit(answer, &fit));
    OK(asaf_asdm_free(answer));
    return fit;
}

static void answers(void) {
    asaf_asdm *answer = asdm("9.18(4)", version("7.16(1)"));
    asaf_version found;
    asaf_str text;
    size_t count;
    uint16_t major, minor;
    bool remembered;
    OK(asaf_asdm_minimum(answer, &found, &remembered));
    CHECK(asaf_version_compare(found, version("7.18(1)152")) == 0 && !remembered);
    OK(asaf_asdm_companion(answer, &major, &minor));
    CHECK(major == 7 && minor == 18);
    OK(asaf_asdm_stage(answer, &found));
    CHECK(asaf_version_compare(found, version("7.18(1)152")) == 0);
    OK(asaf_asdm_image_count(answer, &count));
    CHECK(count == 1);
    OK(asaf_asdm_image(answer, 0, &text));
    EQUALS(text, "asdm-7181-152.bin");
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_image(answer, 1, &text));
    OK(asaf_asdm_text(answer, &text));
    CONTAINS(text, "ASDM for ASA 9.18(4): at least 7.18(1)152");
    CONTAINS(text, "7.16(1), present now: too old");
    OK(asaf_asdm_json(answer, &text));
    CONTAINS(text, "\"fit\":\"too_old\"");

    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_read_fit(answer, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_minimum(answer, NULL, &remembered));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_minimum(answer, &found, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_companion(answer, NULL, &minor));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_stage(answer, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_image_count(answer, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_image(answer, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_text(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_json(answer, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_asdm(NULL, version("9.8(4)"), NONE, NULL, NULL));
    OK(asaf_asdm_free(answer));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_asdm_text(answer, &text));
    OK(asaf_asdm_free(NULL));
}

static void fits(void) {
    CHECK(fit("9.16(4)", "7.22(1)") == ASAF_ASDM_FIT_WORKS);
    CHECK(fit("9.16(4)", "7.15(1)") == ASAF_ASDM_FIT_TOO_OLD);
    CHECK(fit("9.12(4)", "7.12(2)") == ASAF_ASDM_FIT_UNKNOWN);
    asaf_asdm *answer = asdm("9.11(1)", NONE);
    asaf_asdm_fit none;
    asaf_version found;
    uint16_t number;
    bool remembered;
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_read_fit(answer, &none));
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_minimum(answer, &found, &remembered));
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_companion(answer, &number, &number));
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_stage(answer, &found));
    OK(asaf_asdm_free(answer));
}

static void order(void) {
    const asaf_version from = version("7.0(8)"), present = version("5.0(9)");
    const asaf_version path[] = {version("7.1(2)"), version("7.2(5)")};
    asaf_asdm_steps *steps, *along;
    asaf_verdict *verdict;
    asaf_version found;
    asaf_str text, other;
    size_t count;
    bool good;
    OK(asaf_compat_asdm_steps(NULL, from, path, 2, present, &steps, NULL));
    OK(asaf_asdm_steps_is_in_order(steps, &good));
    CHECK(good);
    OK(asaf_asdm_steps_count(steps, &count));
    CHECK(count == 2);
    OK(asaf_asdm_steps_to(steps, 1, &found));
    CHECK(asaf_version_compare(found, path[1]) == 0);
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_steps_to(steps, 2, &found));
    OK(asaf_asdm_steps_stage(steps, 0, 0, &found));
    CHECK(asaf_version_compare(found, version("5.1(1)")) == 0);
    OK(asaf_asdm_steps_stage(steps, 1, 0, &found));
    CHECK(asaf_version_compare(found, version("5.2(1)")) == 0);
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_steps_stage(steps, 1, 1, &found));
    STATUS(ASAF_STATUS_ABSENT, asaf_asdm_steps_stage(steps, 2, 0, &found));
    OK(asaf_asdm_steps_text(steps, &text));
    CONTAINS(text, "5.1(1) for 7.1(2); 5.2(1) for 7.2(5)");

    OK(asaf_compat_between(NULL, from, path[1], str("ASA5520"), ASAF_RULES_AUTO, &verdict, NULL));
    OK(asaf_compat_asdm_for(NULL, verdict, present, &along, NULL));
    OK(asaf_asdm_steps_json(steps, &text));
    OK(asaf_asdm_steps_json(along, &other));
    CHECK(text.len == other.len && memcmp(text.data, other.data, text.len) == 0);
    OK(asaf_asdm_steps_free(along));
    REFUSED(ASAF_STATUS_NULL_ARGUMENT, "verdict",
            asaf_compat_asdm_for(NULL, NULL, present, &along, &error));
    CHECK(along == NULL);
    OK(asaf_verdict_free(verdict));

    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_is_in_order(steps, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_count(steps, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_to(steps, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_stage(steps, 0, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_text(steps, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_asdm_steps_json(NULL, &text));
    OK(asaf_asdm_steps_free(steps));

    OK(asaf_compat_asdm_steps(NULL, from, path + 1, 1, present, &steps, NULL));
    OK(asaf_asdm_steps_is_in_order(steps, &good));
    CHECK(!good);
    OK(asaf_asdm_steps_text(steps, &text));
    CONTAINS(text, "not allowed, asdm.incremental");
    OK(asaf_asdm_steps_free(steps));

    OK(asaf_compat_asdm_steps(NULL, from, NULL, 0, NONE, &steps, NULL));
    OK(asaf_asdm_steps_count(steps, &count));
    CHECK(count == 0);
    OK(asaf_asdm_steps_free(steps));
    REFUSED(ASAF_STATUS_NULL_ARGUMENT, "path",
            asaf_compat_asdm_steps(NULL, from, NULL, 1, NONE, &steps, &error));
    REFUSED(ASAF_STATUS_BAD_VALUE, "count: expected a count that memory can have",
            asaf_compat_asdm_steps(NULL, from, path, SIZE_MAX, NONE, &steps, &error));

    OK(asaf_compat_asdm_may_step(NULL, version("5.0(9)"), version("5.2(4)"), &good));
    CHECK(!good);
    OK(asaf_compat_asdm_may_step(NULL, version("5.0(9)"), version("5.1(2)"), &good));
    CHECK(good);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_asdm_may_step(NULL, from, from, NULL));
}

int main(void) {
    answers();
    fits();
    order();
    return done("asdm");
}
