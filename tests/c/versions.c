/* Versions of the library and of releases, image names, texts. */
#include "check.h"

static void library(void) {
    CHECK(asaf_abi_version() == ASAF_ABI_VERSION);
    CHECK(asaf_version_text().len >= strlen("0.1.0"));
    CHECK(asaf_str_of(NULL).data == NULL && asaf_str_of(NULL).len == 0);
    EQUALS(asaf_str_of("abc"), "abc");
}

static void releases(void) {
    asaf_version found = version("9.1(7.4)");
    CHECK(found.major == 9 && found.minor == 1 && found.maintenance == 7 && found.interim == 4);
    CHECK(asaf_version_compare(version("9.9(1)"), version("9.10(1)")) < 0);
    CHECK(asaf_version_compare(version("9.16(4)67"), version("9.16(4)7")) > 0);
    CHECK(asaf_version_compare(version("9.1.7.4"), version("9.1(7)4")) == 0);

    REFUSED(ASAF_STATUS_BAD_VERSION, "expected an ASA version such as 9.16(4)57, found \"nine\"",
            asaf_version_parse(str("nine"), &found, &error));
    STATUS(ASAF_STATUS_BAD_VERSION, asaf_version_parse(str(""), &found, NULL));
    REFUSED(ASAF_STATUS_NULL_ARGUMENT, "out: expected a pointer, found NULL",
            asaf_version_parse(str("9.1(7)"), NULL, &error));
    asaf_str lost = {NULL, 3};
    REFUSED(ASAF_STATUS_NULL_ARGUMENT, "text: expected a pointer, found NULL",
            asaf_version_parse(lost, &found, &error));
    asaf_str endless = {"9", SIZE_MAX};
    REFUSED(ASAF_STATUS_BAD_VALUE, "text: expected a length that memory can have",
            asaf_version_parse(endless, &found, &error));
    REFUSED(ASAF_STATUS_BAD_TEXT, "text: expected UTF-8, found something else at byte 3",
            asaf_version_parse(str("9.1\xff"), &found, &error));
}

static void formats(void) {
    asaf_text *text;
    asaf_str spelled;
    OK(asaf_version_format(version("9.1.7.4"), &text, NULL));
    OK(asaf_text_str(text, &spelled));
    EQUALS(spelled, "9.1(7)4");
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_text_str(text, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_text_str(NULL, &spelled));
    OK(asaf_text_free(text));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_text_str(text, &spelled));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_version_format(version("9.1(7)"), NULL, NULL));
}

static void images(void) {
    asaf_image_name *name;
    asaf_image_family family;
    asaf_version found;
    OK(asaf_image_name_parse(str("disk0:/asa9162-smp-k8.bin"), &name, NULL));
    OK(asaf_image_name_family(name, &family));
    CHECK(family == ASAF_IMAGE_FAMILY_ASA_SMP);
    OK(asaf_image_name_version(name, 0, &found));
    CHECK(asaf_version_compare(found, version("9.16(2)")) == 0);
    STATUS(ASAF_STATUS_ABSENT, asaf_image_name_version(name, 1, &found));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_image_name_version(name, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_image_name_family(name, NULL));
    OK(asaf_image_name_free(name));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_image_name_family(name, &family));

    OK(asaf_image_name_parse(str("asdm-7221.bin"), &name, NULL));
    OK(asaf_image_name_version(name, 0, &found));
    CHECK(asaf_version_compare(found, version("7.22(1)")) == 0);
    OK(asaf_image_name_version(name, 1, &found));
    CHECK(asaf_version_compare(found, version("7.2(2)1")) == 0);
    OK(asaf_image_name_free(name));

    REFUSED(ASAF_STATUS_BAD_IMAGE, "found \"notes.txt\"",
            asaf_image_name_parse(str("notes.txt"), &name, &error));
    CHECK(name == NULL);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_image_name_parse(str("asa825-k8.bin"), NULL, NULL));
}

int main(void) {
    library();
    releases();
    formats();
    images();
    return done("versions");
}
