/* Models: names, image and boot procedure, what they run, what their failover can do. */
#include "check.h"

static asaf_model *model(const char *name) {
    asaf_model *model;
    OK(asaf_compat_model(NULL, str(name), &model, NULL));
    return model;
}

/* Checks an answer and what its text says. */
#define ANSWER(expected, part, call)                                                               \
    do {                                                                                           \
        asaf_model_answer answer;                                                                  \
        asaf_text *why;                                                                            \
        asaf_str said;                                                                             \
        OK(call);                                                                                  \
        CHECK(answer == (expected));                                                               \
        OK(asaf_text_str(why, &said));                                                             \
        CONTAINS(said, part);                                                                      \
        OK(asaf_text_free(why));                                                                   \
    } while (0)

static void one(void) {
    asaf_model *asa = model("asa5525");
    asaf_ability standby, stateful, active;
    asaf_boot_procedure boot;
    asaf_str text;
    OK(asaf_model_name(asa, &text));
    EQUALS(text, "ASA 5525-X");
    OK(asaf_model_family(asa, &text));
    EQUALS(text, "asa5525x-5545x-5555x");
    OK(asaf_model_read_boot(asa, &boot));
    CHECK(boot == ASAF_BOOT_PROCEDURE_BOOT_LIST);
    OK(asaf_model_read_failover(asa, &standby, &stateful, &active));
    CHECK(standby == ASAF_ABILITY_YES && stateful == ASAF_ABILITY_YES && active == ASAF_ABILITY_YES);
    OK(asaf_model_text(asa, &text));
    CONTAINS(text, "ASA 5525-X: 8.6(1) to 9.14(4)");
    OK(asaf_model_json(asa, &text));
    CONTAINS(text, "\"last\":\"9.14(4)\"");
    ANSWER(ASAF_MODEL_ANSWER_NO, "the releases of the ASA 5525-X end with 9.14(4)",
           asaf_model_runs(asa, version("9.16(4)"), &answer, &why));
    ANSWER(ASAF_MODEL_ANSWER_YES, "within",
           asaf_model_runs(asa, version("9.12(4)"), &answer, &why));
    ANSWER(ASAF_MODEL_ANSWER_YES, "yes", asaf_model_driven(asa, version("9.12(4)"), &answer, &why));

    asaf_image_name *image;
    OK(asaf_image_name_parse(str("asa984-48-smp-k8.bin"), &image, NULL));
    ANSWER(ASAF_MODEL_ANSWER_YES, "yes", asaf_model_suits(asa, image, &answer, &why));
    OK(asaf_image_name_free(image));
    OK(asaf_image_name_parse(str("cisco-asa-fp1k.9.16.3.SPA"), &image, NULL));
    ANSWER(ASAF_MODEL_ANSWER_NO, "the ASA 5525-X boots asa...-smp-k8.bin",
           asaf_model_suits(asa, image, &answer, &why));

    asaf_model_answer answer;
    asaf_text *why;
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_suits(asa, NULL, &answer, &why));
    CHECK(why == NULL);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_suits(asa, image, NULL, &why));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_runs(asa, version("9.8(4)"), &answer, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_driven(NULL, version("9.8(4)"), &answer, &why));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_name(asa, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_family(asa, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_read_boot(asa, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_read_failover(asa, &standby, NULL, &active));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_text(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_model_json(asa, NULL));
    OK(asaf_image_name_free(image));
    OK(asaf_model_free(asa));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_model_name(asa, &text));
    OK(asaf_model_free(NULL));
}

static void others(void) {
    asaf_ability standby, stateful, active;
    asaf_boot_procedure boot;
    asaf_model *found = model("ASA5505");
    OK(asaf_model_read_failover(found, &standby, &stateful, &active));
    CHECK(standby == ASAF_ABILITY_LICENSED && stateful == ASAF_ABILITY_NO && active == ASAF_ABILITY_NO);
    OK(asaf_model_free(found));

    found = model("FPR-2130");
    OK(asaf_model_read_boot(found, &boot));
    CHECK(boot == ASAF_BOOT_PROCEDURE_CHASSIS);
    ANSWER(ASAF_MODEL_ANSWER_NO, "in platform mode",
           asaf_model_driven(found, version("9.12(4)"), &answer, &why));
    OK(asaf_model_free(found));

    found = model("CSF-1230");
    OK(asaf_model_read_boot(found, &boot));
    CHECK(boot == ASAF_BOOT_PROCEDURE_SINGLE_BOOT_ENTRY);
    OK(asaf_model_read_failover(found, &standby, &stateful, &active));
    CHECK(active == ASAF_ABILITY_UNKNOWN);
    OK(asaf_model_free(found));

    found = model("ASAv");
    ANSWER(ASAF_MODEL_ANSWER_UNKNOWN, "public cloud",
           asaf_model_driven(found, version("9.16(4)"), &answer, &why));
    OK(asaf_model_free(found));
}

static void all(void) {
    size_t count;
    asaf_model *found;
    OK(asaf_compat_model_count(NULL, &count));
    CHECK(count > 70);
    for (size_t at = 0; at < count; at++) {
        asaf_str text;
        OK(asaf_compat_model_at(NULL, at, &found));
        OK(asaf_model_name(found, &text));
        CHECK(text.len > 0);
        OK(asaf_model_free(found));
    }
    STATUS(ASAF_STATUS_ABSENT, asaf_compat_model_at(NULL, count, &found));
    CHECK(found == NULL);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_model_count(NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_compat_model_at(NULL, 0, NULL));
    REFUSED(ASAF_STATUS_ABSENT, "the tables have no model \"WS-SVC-FWM-1\"",
            asaf_compat_model(NULL, str("WS-SVC-FWM-1"), &found, &error));
    CHECK(found == NULL);
}

int main(void) {
    one();
    others();
    all();
    return done("models");
}
