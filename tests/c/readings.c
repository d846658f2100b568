/* Readers by command name: facts as JSON, unread lines, errors with their place. */
#include "check.h"

static void facts(const char *pair) {
    asaf_reading *reading;
    asaf_str text;
    size_t count;
    char *shown = capture(pair, ASAF_ROLE_PRIMARY, "show-failover");
    CHECK(shown != NULL);
    OK(asaf_parse(str("show failover"), str(shown), &reading, NULL));
    free(shown);
    OK(asaf_reading_json(reading, &text));
    CONTAINS(text, "\"role\":\"Primary\"");
    OK(asaf_reading_unread_count(reading, &count));
    CHECK(count == 0);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_json(reading, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_unread_count(NULL, &count));
    OK(asaf_reading_free(reading));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_reading_json(reading, &text));
}

static void unread(void) {
    asaf_reading *reading;
    asaf_unread line;
    asaf_lines lines;
    size_t count;
    OK(asaf_parse(str("show mode"), str("Security context mode: single\nWhat is this?\n"), &reading, NULL));
    OK(asaf_reading_unread_count(reading, &count));
    CHECK(count == 1);
    OK(asaf_reading_lines(reading, &lines));
    CHECK(lines.claimed == 1 && lines.ignored == 0 && lines.unread == 1);
    OK(asaf_reading_unread(reading, 0, &line));
    CHECK(line.line == 2 && line.block == ASAF_BLOCK_ELSEWHERE);
    EQUALS(line.text, "What is this?");
    STATUS(ASAF_STATUS_ABSENT, asaf_reading_unread(reading, 1, &line));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_reading_unread(reading, 0, NULL));
    OK(asaf_reading_free(reading));
}

static void wrong(void) {
    asaf_reading *reading;
    asaf_error *error;
    size_t line, start, end;
    const char *shown = "\nSecurity context mode: sometimes\n";
    STATUS(ASAF_STATUS_UNREADABLE, asaf_parse(str("show mode"), str(shown), &reading, &error));
    CHECK(reading == NULL);
    CONTAINS(message(error), "show mode, line 2: expected ");
    OK(asaf_error_line(error, &line));
    OK(asaf_error_span(error, &start, &end));
    CHECK(line == 2 && end - start == strlen("sometimes"));
    CHECK(memcmp(shown + start, "sometimes", end - start) == 0);
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_error_line(error, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_error_span(error, &start, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_error_message(error, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_error_status(error, NULL));
    OK(asaf_error_free(error));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_error_line(error, &line));

    REFUSED(ASAF_STATUS_NO_READER, "no reader for \"show tech\"",
            asaf_parse(str("show tech"), str(""), &reading, &error));
    REFUSED(ASAF_STATUS_UNREADABLE, "the command's output",
            asaf_parse(str("show mode"), str("ERROR: % Invalid input detected at '^' marker.\n"),
                       &reading, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_parse(str("show mode"), str(""), NULL, NULL));
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_parse(str("\x80"), str(""), &reading, NULL));
    STATUS(ASAF_STATUS_UNREADABLE, asaf_parse(str("show mode"), str("Security context mode: sing\x80le"), &reading, NULL));
}

/* Outputs of other commands come by the same call; a log by the name syslog. */
static void others(void) {
    static const struct { const char *command, *text, *json; } rows[] = {
        {"syslog", "%ASA-1-104001: (Primary) Switching to ACTIVE\n",
         "{\"messages\":[{\"severity\":1,\"id\":104001,\"unit\":\"Primary\",\"text\":\"Switching to ACTIVE\",\"at\":null}]}"},
        {"show asdm image", "Device Manager image file, disk0:/a.bin\n", "{\"image\":\"disk0:/a.bin\"}"},
        {"failover exec mate show xlate count", "1 in use, 2 most used\n", "{\"in_use\":1,\"most_used\":2}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        asaf_reading *reading = NULL;
        asaf_str json;
        OK(asaf_parse(str(rows[i].command), str(rows[i].text), &reading, NULL));
        OK(asaf_reading_json(reading, &json));
        EQUALS(json, rows[i].json);
        OK(asaf_reading_free(reading));
    }
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    facts(argv[1]);
    unread();
    others();
    wrong();
    return done("readings");
}
