/* Syslog: a line as a message, what is known of its id, and lines that are none. */
#include "check.h"

static void message_of(const char *line, asaf_syslog **log, asaf_syslog_message *read) {
    OK(asaf_syslog_parse(str(line), log, NULL));
    OK(asaf_syslog_read(*log, read));
}

static void parts(void) {
    asaf_syslog *log;
    asaf_syslog_message read;
    asaf_str text;
    message_of("<161>:Nov 26 10:00:00 UTC: %ASA-ha-1-105009: (Secondary_group_2)  Testing on interface inside "
               "Failed\r\n",
               &log, &read);
    CHECK(read.id == 105009 && read.severity == 1 && read.pri == 161 && read.group == 2);
    CHECK(read.product == ASAF_PRODUCT_ASA && read.role == ASAF_ROLE_SECONDARY);
    CHECK(read.planner_use == ASAF_PLANNER_USE_WARNING);
    EQUALS(read.at, "Nov 26 10:00:00 UTC");
    EQUALS(read.host, "");
    EQUALS(read.message_class, "ha");
    EQUALS(read.unit, "Secondary_group_2");
    EQUALS(read.text, "Testing on interface inside Failed");
    EQUALS(read.advice, "Where it says Failed, check the interface.");
    EQUALS(read.meaning, "The result of the tests of this interface.");
    OK(asaf_syslog_text(log, &text));
    EQUALS(text, "%ASA-ha-1-105009: (Secondary_group_2) Testing on interface inside Failed");
    OK(asaf_syslog_json(log, &text));
    CONTAINS(text, "\"planner_use\":\"warning\"");
    CONTAINS(text, "\"host\":null");
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_read(log, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_text(log, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_json(NULL, &text));
    OK(asaf_syslog_free(log));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_syslog_read(log, &read));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_syslog_free(log));
    OK(asaf_syslog_free(NULL));
}

static void products(void) {
    static const struct {
        const char *line;
        asaf_product product;
        asaf_planner_use use;
    } table[] = {
        {"%ASA-1-104003: (Primary) Switching to FAILED.", ASAF_PRODUCT_ASA, ASAF_PLANNER_USE_ABORT},
        {"%PIX-1-104001: (Primary) Switching to ACTIVE", ASAF_PRODUCT_PIX, ASAF_PLANNER_USE_EXPECTED_MARKER},
        {"%FWSM-1-104004: (Primary) Switching to OK.", ASAF_PRODUCT_FWSM, ASAF_PLANNER_USE_INFORMATION},
        {"%FTD-1-104003: (Primary) Switching to FAILED.", ASAF_PRODUCT_FTD, ASAF_PLANNER_USE_NONE},
    };
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        asaf_syslog *log;
        asaf_syslog_message read;
        message_of(table[at].line, &log, &read);
        CHECK(read.product == table[at].product && read.planner_use == table[at].use);
        CHECK(read.role == ASAF_ROLE_PRIMARY && read.pri == -1 && read.group == 0);
        OK(asaf_syslog_free(log));
    }
}

static void unknown(void) {
    asaf_syslog *log;
    asaf_syslog_message read;
    asaf_syslog_entry entry;
    message_of("fw1 : %ASA-6-302013: Built inbound TCP connection", &log, &read);
    CHECK(read.id == 302013 && read.severity == 6 && read.role == ASAF_ROLE_NONE);
    CHECK(read.planner_use == ASAF_PLANNER_USE_NONE);
    EQUALS(read.host, "fw1");
    EQUALS(read.advice, "");
    EQUALS(read.text, "Built inbound TCP connection");
    OK(asaf_syslog_free(log));
    STATUS(ASAF_STATUS_ABSENT, asaf_syslog_known(302013, &entry));
}

static void known(void) {
    asaf_syslog_entry entry;
    asaf_str source;
    OK(asaf_syslog_known(720012, &entry));
    CHECK(entry.id == 720012 && entry.severity == 6 && entry.older_severity == 5);
    CHECK(entry.planner_use == ASAF_PLANNER_USE_INFORMATION && entry.basis == ASAF_BASIS_VENDOR);
    EQUALS(entry.message_class, "vpnfo");
    CONTAINS(entry.wording, "Failed to update IPsec failover runtime data");
    CONTAINS(entry.meaning, "no effect");
    CONTAINS(entry.advice, "CSCtj58420 and CSCtn56517");
    CONTAINS(entry.advice, "never sent by this library");
    CHECK(entry.source_count == 3);
    OK(asaf_syslog_known_source(720012, 0, &source));
    EQUALS(source, "seed-111867");
    STATUS(ASAF_STATUS_ABSENT, asaf_syslog_known_source(720012, 3, &source));
    STATUS(ASAF_STATUS_ABSENT, asaf_syslog_known_source(302013, 0, &source));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_known_source(720012, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_known(720012, NULL));

    OK(asaf_syslog_known(199006, &entry));
    CHECK(entry.basis == ASAF_BASIS_MEMORY && entry.older_severity == -1);
}

static void every_entry(void) {
    size_t count;
    uint32_t last = 0;
    asaf_syslog_entry entry;
    OK(asaf_syslog_entry_count(&count));
    CHECK(count == 187);
    for (size_t at = 0; at < count; at++) {
        OK(asaf_syslog_entry_at(at, &entry));
        CHECK(entry.id > last && entry.advice.len > 0 && entry.source_count > 0);
        last = entry.id;
    }
    CHECK(last == 769009);
    STATUS(ASAF_STATUS_ABSENT, asaf_syslog_entry_at(count, &entry));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_entry_at(0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_entry_count(NULL));
}

static void wrong(void) {
    asaf_syslog *log;
    asaf_error *error;
    size_t start, end;
    const char *line = "Nov 26 10:00:00 fw1 : %ASA-9-104001: x";
    STATUS(ASAF_STATUS_UNREADABLE, asaf_syslog_parse(str(line), &log, &error));
    CHECK(log == NULL);
    CONTAINS(message(error), "expected a message such as %ASA-1-104001:");
    OK(asaf_error_span(error, &start, &end));
    CHECK(strcmp(line + start, "%ASA-9-104001: x") == 0 && end == strlen(line));
    OK(asaf_error_free(error));
    REFUSED(ASAF_STATUS_UNREADABLE, "found \"see %ASA-1-104001: x\"",
            asaf_syslog_parse(str("see %ASA-1-104001: x"), &log, &error));
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_syslog_parse(str("%ASA-1-104001: \xff"), &log, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_syslog_parse(str(line), NULL, NULL));
}

int main(void) {
    parts();
    products();
    unknown();
    known();
    every_entry();
    wrong();
    return done("syslog");
}
