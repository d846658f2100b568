/* What the C tests share: checks that say where they failed, and captures of a pair from a folder. */
#ifndef CHECK_H
#define CHECK_H

#include <asa_failover.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAIL(...)                                                                                  \
    do {                                                                                           \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                            \
        fprintf(stderr, __VA_ARGS__);                                                              \
        fputc('\n', stderr);                                                                       \
        exit(1);                                                                                   \
    } while (0)

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            FAIL("%s does not hold", #condition);                                                  \
        }                                                                                          \
    } while (0)

/* A call that has to succeed; `error` is the variable that its last argument points to. */
#define OK(call)                                                                                   \
    do {                                                                                           \
        asaf_status status_ = (call);                                                              \
        if (status_ != ASAF_STATUS_OK) {                                                           \
            FAIL("%s: status %d", #call, (int)status_);                                            \
        }                                                                                          \
    } while (0)

#define STATUS(expected, call)                                                                     \
    do {                                                                                           \
        asaf_status status_ = (call);                                                              \
        if (status_ != (expected)) {                                                               \
            FAIL("%s: expected %s, found %d", #call, #expected, (int)status_);                     \
        }                                                                                          \
    } while (0)

static inline asaf_str str(const char *text) { return asaf_str_of(text); }

static inline bool equals(asaf_str text, const char *expected) {
    return text.len == strlen(expected) && memcmp(text.data, expected, text.len) == 0;
}

static inline bool contains(asaf_str text, const char *part) {
    size_t len = strlen(part);
    for (size_t at = 0; at + len <= text.len; at++) {
        if (memcmp(text.data + at, part, len) == 0) {
            return true;
        }
    }
    return false;
}

#define CONTAINS(text, part)                                                                       \
    do {                                                                                           \
        asaf_str text_ = (text);                                                                   \
        if (!contains(text_, (part))) {                                                            \
            FAIL("expected %s in: %.*s", (part), (int)text_.len, text_.data);                      \
        }                                                                                          \
    } while (0)

#define EQUALS(text, expected)                                                                     \
    do {                                                                                           \
        asaf_str text_ = (text);                                                                   \
        if (!equals(text_, (expected))) {                                                          \
            FAIL("expected %s, found: %.*s", (expected), (int)text_.len, text_.data);              \
        }                                                                                          \
    } while (0)

static inline asaf_str message(const asaf_error *error) {
    asaf_str text = {NULL, 0};
    OK(asaf_error_message(error, &text));
    return text;
}

/* A call that has to fail with this status, and with this in the message of its error. */
#define REFUSED(expected, part, call)                                                              \
    do {                                                                                           \
        asaf_error *error = NULL;                                                                  \
        STATUS(expected, call);                                                                    \
        asaf_status code_;                                                                         \
        OK(asaf_error_status(error, &code_));                                                      \
        CHECK(code_ == (expected));                                                                \
        CONTAINS(message(error), part);                                                            \
        OK(asaf_error_free(error));                                                                \
    } while (0)

/* No handle is left: every test ends with it. */
static inline int done(const char *name) {
    CHECK(asaf_live_handles() == 0);
    printf("%s: ok\n", name);
    return 0;
}

static inline asaf_version version(const char *text) {
    asaf_version parsed;
    OK(asaf_version_parse(str(text), &parsed, NULL));
    return parsed;
}

static inline char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    CHECK(fseek(file, 0, SEEK_END) == 0);
    long length = ftell(file);
    CHECK(length >= 0 && fseek(file, 0, SEEK_SET) == 0);
    char *text = malloc((size_t)length + 1);
    CHECK(text != NULL && fread(text, 1, (size_t)length, file) == (size_t)length);
    text[length] = '\0';
    fclose(file);
    return text;
}

/* The file of a unit's capture: tests/captures/PAIR/primary/NAME.txt */
static inline char *capture(const char *pair, uint32_t role, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s.txt", pair,
             role == ASAF_ROLE_PRIMARY ? "primary" : "secondary", name);
    return read_file(path);
}

static const char *const CAPTURED[][2] = {
    {"show-version", "show version"},
    {"show-failover", "show failover"},
    {"show-failover-state", "show failover state"},
    {"show-mode", "show mode"},
    {"show-running-config-boot", "show running-config boot"},
    {"show-startup-config", "show startup-config"},
    {"show-bootvar", "show bootvar"},
    {"dir", "dir"},
    {"show-running-config-failover", "show running-config failover"},
    {"show-reload", "show reload"},
    {"show-conn-count", "show conn count"},
};

/* Everything that was captured of a pair. */
static inline asaf_captures *captures_of(const char *pair) {
    asaf_captures *captures;
    OK(asaf_captures_new(&captures, NULL));
    for (uint32_t role = ASAF_ROLE_PRIMARY; role <= ASAF_ROLE_SECONDARY; role++) {
        for (size_t at = 0; at < sizeof CAPTURED / sizeof CAPTURED[0]; at++) {
            char *text = capture(pair, role, CAPTURED[at][0]);
            if (text != NULL) {
                OK(asaf_captures_add(captures, role, str(CAPTURED[at][1]), str(text), NULL));
                free(text);
            }
        }
    }
    return captures;
}

/* The text with one part in place of another, which has to be there. */
static inline char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    if (at == NULL) {
        FAIL("expected %s in: %s", from, text);
    }
    size_t head = (size_t)(at - text);
    size_t size = strlen(text) - strlen(from) + strlen(to) + 1;
    char *made = malloc(size);
    CHECK(made != NULL);
    snprintf(made, size, "%.*s%s%s", (int)head, text, to, at + strlen(from));
    return made;
}

/* A goal of 9.8(4)48 with its image as the captures of asa5525-9.8.4 have it. */
#define TARGET "9.8(4)48"
#define IMAGE "disk0:/asa984-48-smp-k8.bin"
#define IMAGE_BYTES 91179008
#define IMAGE_SHA512                                                                               \
    "c9c08829120c27f9e6eb1a77f328c26c906713275fa68fa1a579fbbd0dbc643e"                             \
    "f55c264d1f0575a7200fa33b2b76dcdc533b87860a3c1a231849ca5b9e9e214a"

static inline asaf_image image_of(const char *file, const char *sha512) {
    asaf_image image = {.size = sizeof image};
    image.file = str(file);
    image.bytes = IMAGE_BYTES;
    image.sha512 = str(sha512);
    return image;
}

static inline asaf_goal *goal_of(const char *target, const char *file, const char *sha512) {
    asaf_goal *goal;
    OK(asaf_goal_new(version(target), &goal, NULL));
    asaf_image image = image_of(file, sha512);
    OK(asaf_goal_add_image(goal, &image, NULL));
    return goal;
}

/* The plan of that goal for a pair from these captures, which are freed. */
static inline asaf_plan *plan_of(asaf_captures *captures, asaf_goal *goal) {
    asaf_pair *pair;
    asaf_plan *plan;
    asaf_error *error;
    if (asaf_pair_new(captures, &pair, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
    if (asaf_plan_new(pair, goal, NULL, NULL, &plan, NULL, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
    OK(asaf_pair_free(pair));
    OK(asaf_captures_free(captures));
    OK(asaf_goal_free(goal));
    return plan;
}

#endif
