/* Captures, pairs, goals and policies. */
#include "check.h"

static void pairs(const char *folder) {
    asaf_captures *captures = captures_of(folder);
    asaf_pair *pair;
    asaf_text *json;
    asaf_str text;
    OK(asaf_pair_new(captures, &pair, NULL));
    OK(asaf_pair_to_json(pair, &json, NULL));
    OK(asaf_text_str(json, &text));
    CONTAINS(text, "JAD000000A2");
    OK(asaf_text_free(json));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_pair_new(captures, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_pair_to_json(pair, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_pair_to_json(NULL, &json, NULL));
    OK(asaf_pair_free(pair));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_pair_to_json(pair, &json, NULL));

    REFUSED(ASAF_STATUS_BAD_VALUE, "role: expected a value of asaf_role, found 0",
            asaf_captures_add(captures, ASAF_ROLE_NONE, str("dir"), str(""), &error));
    STATUS(ASAF_STATUS_BAD_TEXT,
           asaf_captures_add(captures, ASAF_ROLE_PRIMARY, str("dir"), str("\xff"), NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT,
           asaf_captures_add(NULL, ASAF_ROLE_PRIMARY, str("dir"), str(""), NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_captures_new(NULL, NULL));

    /* The secondary's output in the primary's place. */
    char *other = capture(folder, ASAF_ROLE_SECONDARY, "show-failover");
    OK(asaf_captures_add(captures, ASAF_ROLE_PRIMARY, str("show failover"), str(other), NULL));
    free(other);
    REFUSED(ASAF_STATUS_BAD_PAIR, "the captures given for Primary were taken on Secondary",
            asaf_pair_new(captures, &pair, &error));
    CHECK(pair == NULL);
    OK(asaf_captures_free(captures));

    OK(asaf_captures_new(&captures, NULL));
    asaf_error *error;
    STATUS(ASAF_STATUS_BAD_PAIR, asaf_pair_new(captures, &pair, &error));
    CONTAINS(message(error), "Primary: no capture of show version\n");
    CONTAINS(message(error), "Secondary: no capture of show failover");
    OK(asaf_error_free(error));
    OK(asaf_captures_free(captures));
}

static void goals(void) {
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    asaf_goal *again;
    asaf_text *json;
    asaf_str text;
    OK(asaf_goal_add_stop(goal, version("9.8(4)40"), NULL));
    OK(asaf_goal_set_owner(goal, 0, ASAF_ROLE_SECONDARY, NULL));
    OK(asaf_goal_accept(goal, str("image.hash.unavailable"), NULL));
    OK(asaf_goal_to_json(goal, &json, NULL));
    OK(asaf_text_str(json, &text));
    CONTAINS(text, "\"target\":\"9.8(4)48\",\"stops\":[\"9.8(4)40\"]");
    CONTAINS(text, "\"owners\":{\"0\":\"Secondary\"},\"accepted\":[\"image.hash.unavailable\"]");
    OK(asaf_goal_from_json(text, &again, NULL));
    OK(asaf_text_free(json));
    OK(asaf_goal_free(again));

    REFUSED(ASAF_STATUS_BAD_VALUE, "group: expected 0 (the unit), 1 or 2, found 3",
            asaf_goal_set_owner(goal, 3, ASAF_ROLE_PRIMARY, &error));
    STATUS(ASAF_STATUS_BAD_VALUE, asaf_goal_set_owner(goal, 1, 3, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_set_owner(NULL, 1, 1, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_add_stop(NULL, version("9.8(4)"), NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_accept(NULL, str("x"), NULL));
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_goal_accept(goal, str("\xfe"), NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_to_json(goal, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_new(version("9.8(4)"), NULL, NULL));
    REFUSED(ASAF_STATUS_BAD_GOAL, "expected a goal as JSON: ",
            asaf_goal_from_json(str("{\"target\":9}"), &again, &error));
    CHECK(again == NULL);
    OK(asaf_goal_free(goal));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_goal_accept(goal, str("x"), NULL));
}

static void images(void) {
    asaf_goal *goal;
    OK(asaf_goal_new(version(TARGET), &goal, NULL));
    asaf_image image = image_of("disk0:/a b.bin", "");
    REFUSED(ASAF_STATUS_BAD_IMAGE, "expected a file on flash such as disk0:/asa9-16-4-smp-k8.bin",
            asaf_goal_add_image(goal, &image, &error));
    image = image_of(IMAGE, "abc");
    REFUSED(ASAF_STATUS_BAD_IMAGE, "expected a SHA-512 of 128 or an MD5 of 32 hexadecimal digits",
            asaf_goal_add_image(goal, &image, &error));
    image = image_of(IMAGE, "d41d8cd98f00b204e9800998ecf8427e");
    REFUSED(ASAF_STATUS_BAD_IMAGE, "image: expected a digest of 128 digits, found 32",
            asaf_goal_add_image(goal, &image, &error));
    /* A password in an address is refused, and not repeated. */
    image = image_of(IMAGE, "");
    image.from = str("ftp://user:secret-canary@198.51.100.10/asa984-48-smp-k8.bin");
    asaf_error *error;
    STATUS(ASAF_STATUS_BAD_IMAGE, asaf_goal_add_image(goal, &image, &error));
    CONTAINS(message(error), "expected an address without user name and password");
    CHECK(!contains(message(error), "secret-canary"));
    OK(asaf_error_free(error));
    image.size -= 1;
    REFUSED(ASAF_STATUS_BAD_VALUE, "image: expected size to be sizeof(asaf_image)",
            asaf_goal_add_image(goal, &image, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_add_image(goal, NULL, NULL));
    image = image_of(IMAGE, IMAGE_SHA512);
    image.md5 = str("d41d8cd98f00b204e9800998ecf8427e");
    image.from = str("tftp://198.51.100.10/asa984-48-smp-k8.bin;int=mgmt");
    OK(asaf_goal_add_image(goal, &image, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_goal_add_image(NULL, &image, NULL));
    OK(asaf_goal_free(goal));
}

static void policies(void) {
    asaf_policy *policy;
    asaf_text *json;
    asaf_str text;
    OK(asaf_policy_from_json(str("{\"soak_s\":300,\"reach\":\"active-only\"}"), &policy, NULL));
    OK(asaf_policy_to_json(policy, &json, NULL));
    OK(asaf_text_str(json, &text));
    CONTAINS(text, "\"soak_s\":300");
    CONTAINS(text, "\"reach\":\"active-only\"");
    CONTAINS(text, "\"w_ms\":2000");
    OK(asaf_text_free(json));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_policy_to_json(policy, NULL, NULL));
    OK(asaf_policy_free(policy));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_policy_to_json(policy, &json, NULL));
    OK(asaf_policy_from_json(str(""), &policy, NULL));
    OK(asaf_policy_free(policy));
    REFUSED(ASAF_STATUS_BAD_POLICY, "unknown field `soak`",
            asaf_policy_from_json(str("{\"soak\":300}"), &policy, &error));
    CHECK(policy == NULL);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_policy_from_json(str(""), NULL, NULL));
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    pairs(argv[1]);
    goals();
    images();
    policies();
    return done("pairs");
}
