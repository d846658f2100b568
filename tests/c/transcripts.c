/* Console logs: cut at their prompts, each piece read by its command, places in the whole log. */
#include "check.h"

static const char *const LOG =
    "Type help or '?' for a list of available commands.\r\n"
    "fw/pri/act> enable\r\n"
    "Password: ********\r\n"
    "fw/pri/act# sh mode\r\n"
    "Security context mode: single \r\n"
    "what is this?\r\n"
    "fw/ctx1/act(config)# show mode\r\n"
    "Security context mode: triple\r\n"
    "fw/pri/act# ";

static asaf_piece piece_at(const asaf_transcript *log, size_t index) {
    asaf_piece piece;
    OK(asaf_transcript_piece(log, index, &piece));
    return piece;
}

static void pieces(void) {
    asaf_transcript *log;
    asaf_piece piece;
    size_t count, end = 0;
    OK(asaf_transcript_parse(str(LOG), &log, NULL));
    OK(asaf_transcript_count(log, &count));
    CHECK(count == 5);
    for (size_t at = 0; at < count; at++) {
        piece = piece_at(log, at);
        CHECK(piece.start == end && piece.output_start >= piece.start && piece.end >= piece.output_start);
        CHECK(piece.output.len == piece.end - piece.output_start);
        CHECK(memcmp(piece.output.data, LOG + piece.output_start, piece.output.len) == 0);
        end = piece.end;
    }
    CHECK(end == strlen(LOG));
    piece = piece_at(log, 0);
    CHECK(piece.prompt.len == 0 && piece.line == 1 && piece.role == ASAF_ROLE_NONE);
    piece = piece_at(log, 1);
    EQUALS(piece.typed, "enable");
    EQUALS(piece.mode, "user");
    EQUALS(piece.output, "Password: ********\r\n");
    CHECK(piece.command.len == 0);
    piece = piece_at(log, 2);
    EQUALS(piece.prompt, "fw/pri/act#");
    EQUALS(piece.typed, "sh mode");
    EQUALS(piece.command, "show mode");
    EQUALS(piece.state, "act");
    CHECK(piece.line == 4 && piece.output_line == 5 && piece.role == ASAF_ROLE_PRIMARY);
    piece = piece_at(log, 3);
    EQUALS(piece.hostname, "fw");
    EQUALS(piece.context, "ctx1");
    EQUALS(piece.mode, "config");
    STATUS(ASAF_STATUS_ABSENT, asaf_transcript_piece(log, 5, &piece));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_transcript_piece(log, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_transcript_count(log, NULL));
    OK(asaf_transcript_free(log));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_transcript_count(log, &count));
    OK(asaf_transcript_free(NULL));
}

static void readings(void) {
    asaf_transcript *log;
    asaf_reading *reading;
    asaf_error *error;
    asaf_unread unread;
    asaf_str json;
    size_t line, start, end;
    OK(asaf_transcript_parse(str(LOG), &log, NULL));
    OK(asaf_transcript_read(log, 2, &reading, NULL));
    OK(asaf_reading_json(reading, &json));
    EQUALS(json, "{\"mode\":\"single\"}");
    OK(asaf_reading_unread(reading, 0, &unread));
    CHECK(unread.line == 6);
    OK(asaf_reading_free(reading));
    STATUS(ASAF_STATUS_UNREADABLE, asaf_transcript_read(log, 3, &reading, &error));
    CHECK(reading == NULL);
    OK(asaf_error_line(error, &line));
    OK(asaf_error_span(error, &start, &end));
    CHECK(line == 8 && end - start == strlen("triple") && memcmp(LOG + start, "triple", end - start) == 0);
    OK(asaf_error_free(error));
    REFUSED(ASAF_STATUS_NO_READER, "no reader for \"enable\"", asaf_transcript_read(log, 1, &reading, &error));
    STATUS(ASAF_STATUS_ABSENT, asaf_transcript_read(log, 5, &reading, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_transcript_read(log, 2, NULL, NULL));
    OK(asaf_transcript_free(log));
}

/* What is no text becomes U+FFFD, and what is too long is refused. */
static void damaged(void) {
    asaf_transcript *log;
    asaf_piece piece;
    static char line[(16 << 10) + 2];
    OK(asaf_transcript_parse(str("fw# show mo\xff""de\n"), &log, NULL));
    piece = piece_at(log, 0);
    EQUALS(piece.typed, "show mo\xef\xbf\xbd""de");
    CHECK(piece.command.len == 0);
    OK(asaf_transcript_free(log));
    memset(line, 'x', sizeof line - 1);
    REFUSED(ASAF_STATUS_UNREADABLE, "at most 16 KiB in a line", asaf_transcript_parse(str(line), &log, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_transcript_parse(str(""), NULL, NULL));
}

int main(void) {
    pieces();
    readings();
    damaged();
    return done("transcripts");
}
