/* Facts of a reading by their paths, and what the units of a pair are. */
#include "check.h"

static asaf_reading *shown(const char *pair, uint32_t role) {
    asaf_reading *reading;
    char *text = capture(pair, role, "show-failover");
    CHECK(text != NULL);
    OK(asaf_parse(str("show failover"), str(text), &reading, NULL));
    free(text);
    return reading;
}

static void by_path(const char *pair) {
    asaf_reading *reading = shown(pair, ASAF_ROLE_PRIMARY);
    asaf_str text = {NULL, 0};
    uint64_t number = 0;
    size_t count = 0;
    bool flag = false;
    OK(asaf_reading_text(reading, str("/this_host/role"), &text, NULL));
    EQUALS(text, "Primary");
    OK(asaf_reading_text(reading, str("/versions/mate"), &text, NULL));
    EQUALS(text, "9.8(4)");
    OK(asaf_reading_number(reading, str("/unit_hold_ms"), &number, NULL));
    CHECK(number == 15000);
    OK(asaf_reading_flag(reading, str("/enabled"), &flag, NULL));
    CHECK(flag);
    OK(asaf_reading_count(reading, str("/interfaces"), &count, NULL));
    CHECK(count > 1);
    OK(asaf_reading_text(reading, str("/interfaces/1/status"), &text, NULL));
    EQUALS(text, "Normal");

    text = str("untouched");
    REFUSED(ASAF_STATUS_NO_FACT, "path: there is no fact /this_host/colour",
            asaf_reading_text(reading, str("/this_host/colour"), &text, &error));
    REFUSED(ASAF_STATUS_NO_FACT, "/interfaces/99",
            asaf_reading_text(reading, str("/interfaces/99/name"), &text, &error));
    REFUSED(ASAF_STATUS_NO_FACT, "/interfaces/one",
            asaf_reading_count(reading, str("/interfaces/one"), &count, &error));
    REFUSED(ASAF_STATUS_NO_FACT, "/enabled/0",
            asaf_reading_flag(reading, str("/enabled/0"), &flag, &error));
    REFUSED(ASAF_STATUS_NOT_STATED, "path: the output does not state /interfaces/0/ipv6",
            asaf_reading_text(reading, str("/interfaces/0/ipv6"), &text, &error));
    REFUSED(ASAF_STATUS_NOT_STATED, "/groups/1/this_host/state",
            asaf_reading_text(reading, str("/groups/1/this_host/state"), &text, &error));
    REFUSED(ASAF_STATUS_OTHER_KIND, "path: expected a text at /enabled, found a flag",
            asaf_reading_text(reading, str("/enabled"), &text, &error));
    REFUSED(ASAF_STATUS_OTHER_KIND, "expected a number at /interface_policy, found a text",
            asaf_reading_number(reading, str("/interface_policy"), &number, &error));
    REFUSED(ASAF_STATUS_OTHER_KIND, "expected a flag at /unit_poll_ms, found a number",
            asaf_reading_flag(reading, str("/unit_poll_ms"), &flag, &error));
    REFUSED(ASAF_STATUS_OTHER_KIND, "expected a list at , found an object",
            asaf_reading_count(reading, str(""), &count, &error));
    REFUSED(ASAF_STATUS_OTHER_KIND, "expected a text at /interfaces, found a list",
            asaf_reading_text(reading, str("/interfaces"), &text, &error));
    REFUSED(ASAF_STATUS_BAD_VALUE, "path: expected a JSON pointer such as /this_host/state",
            asaf_reading_text(reading, str("this_host"), &text, &error));
    EQUALS(text, "untouched");

    STATUS(ASAF_STATUS_BAD_TEXT, asaf_reading_text(reading, str("/\xff"), &text, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_text(reading, str("/unit"), NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_number(NULL, str("/unit"), &number, NULL));
    OK(asaf_reading_free(reading));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_reading_flag(reading, str("/enabled"), &flag, NULL));
}

static void standings(const char *pair) {
    static const uint32_t roles[] = {ASAF_ROLE_PRIMARY, ASAF_ROLE_SECONDARY};
    for (size_t i = 0; i < 2; i++) {
        asaf_reading *reading = shown(pair, roles[i]);
        asaf_standing this_one, other;
        asaf_role role;
        size_t groups = 0;
        uint8_t group = 9;
        OK(asaf_reading_group_count(reading, &groups));
        OK(asaf_reading_group(reading, 0, &group));
        CHECK(groups == 1 && group == 0);
        OK(asaf_reading_role(reading, ASAF_SIDE_THIS, &role, NULL));
        CHECK(role == roles[i]);
        OK(asaf_reading_role(reading, ASAF_SIDE_OTHER, &role, NULL));
        CHECK(role == roles[1 - i]);
        OK(asaf_reading_standing(reading, ASAF_SIDE_THIS, 0, &this_one, NULL));
        OK(asaf_reading_standing(reading, ASAF_SIDE_OTHER, 0, &other, NULL));
        CHECK(this_one == (i == 0 ? ASAF_STANDING_ACTIVE : ASAF_STANDING_STANDBY_READY));
        CHECK(other == (i == 0 ? ASAF_STANDING_STANDBY_READY : ASAF_STANDING_ACTIVE));

        REFUSED(ASAF_STATUS_ABSENT, "group: the pair has no group 1",
                asaf_reading_standing(reading, ASAF_SIDE_THIS, 1, &this_one, &error));
        REFUSED(ASAF_STATUS_BAD_VALUE, "side: expected a value of asaf_side, found 0",
                asaf_reading_standing(reading, 0, 0, &this_one, &error));
        REFUSED(ASAF_STATUS_BAD_VALUE, "found 3", asaf_reading_role(reading, 3, &role, &error));
        STATUS(ASAF_STATUS_ABSENT, asaf_reading_group(reading, 1, &group));
        STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_group_count(reading, NULL));
        STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_group(reading, 0, NULL));
        STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_role(reading, ASAF_SIDE_THIS, NULL, NULL));
        STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_standing(NULL, ASAF_SIDE_THIS, 0, &other, NULL));
        OK(asaf_reading_free(reading));
    }
}

/* Two groups, each with its own standings; one of them in a word that nobody knows. */
static void groups(void) {
    const char *text = "Failover On\nFailover unit Primary\n\n"
                       "  This host:    Primary\n"
                       "  Group 1       State:          Active\n                Active time:    1 (sec)\n"
                       "  Group 2       State:          Asleep\n                Active time:    0 (sec)\n\n"
                       "  Other host:   Secondary\n"
                       "  Group 1       State:          Standby Ready\n                Active time:    0 (sec)\n";
    asaf_reading *reading;
    asaf_standing standing;
    asaf_str word;
    size_t count = 0;
    uint8_t group = 0;
    OK(asaf_parse(str("show failover"), str(text), &reading, NULL));
    OK(asaf_reading_group_count(reading, &count));
    OK(asaf_reading_group(reading, 1, &group));
    CHECK(count == 2 && group == 2);
    OK(asaf_reading_standing(reading, ASAF_SIDE_OTHER, 1, &standing, NULL));
    CHECK(standing == ASAF_STANDING_STANDBY_READY);
    OK(asaf_reading_standing(reading, ASAF_SIDE_THIS, 2, &standing, NULL));
    CHECK(standing == ASAF_STANDING_OTHER);
    OK(asaf_reading_text(reading, str("/groups/2/this_host/state"), &word, NULL));
    EQUALS(word, "Asleep");
    REFUSED(ASAF_STATUS_NOT_STATED, "the output does not state what that unit is",
            asaf_reading_standing(reading, ASAF_SIDE_OTHER, 2, &standing, &error));
    STATUS(ASAF_STATUS_ABSENT, asaf_reading_standing(reading, ASAF_SIDE_OTHER, 0, &standing, NULL));
    OK(asaf_reading_free(reading));

    OK(asaf_parse(str("show failover"), str("Failover Off\nFailover unit Secondary\n"), &reading, NULL));
    asaf_role role;
    REFUSED(ASAF_STATUS_NOT_STATED, "the output does not state the role of that unit",
            asaf_reading_role(reading, ASAF_SIDE_OTHER, &role, &error));
    OK(asaf_reading_free(reading));
}

static void another_command(void) {
    asaf_reading *reading;
    asaf_standing standing;
    asaf_role role;
    size_t count;
    uint8_t group;
    OK(asaf_parse(str("show mode"), str("Security context mode: single\n"), &reading, NULL));
    REFUSED(ASAF_STATUS_OTHER_KIND, "reading: expected one of show failover, found one of another command",
            asaf_reading_standing(reading, ASAF_SIDE_THIS, 0, &standing, &error));
    STATUS(ASAF_STATUS_OTHER_KIND, asaf_reading_role(reading, ASAF_SIDE_THIS, &role, NULL));
    STATUS(ASAF_STATUS_OTHER_KIND, asaf_reading_group_count(reading, &count));
    STATUS(ASAF_STATUS_OTHER_KIND, asaf_reading_group(reading, 0, &group));
    OK(asaf_reading_free(reading));
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    by_path(argv[1]);
    standings(argv[1]);
    groups();
    another_command();
    return done("facts");
}
