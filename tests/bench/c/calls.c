/* Our readers from C: a reading is parsed and freed.
 *
 * `calls time COMMAND FILE...` prints the rows of the bench, `calls run COMMAND FILE CALLS` makes that many calls and
 * prints nothing, for a count of their instructions. */
#include <asa_failover.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* As of the programs in Rust. */
#define BATCH_NS 200000.0
#define BATCHES 41

static asaf_str str(const char *text) {
    asaf_str made = {text, strlen(text)};
    return made;
}

static bool parse(asaf_str command, asaf_str text) {
    asaf_reading *reading;
    if (asaf_parse(command, text, &reading, NULL) != ASAF_STATUS_OK) {
        return false;
    }
    return asaf_reading_free(reading) == ASAF_STATUS_OK;
}

static double batch(asaf_str command, asaf_str text, unsigned long calls) {
    struct timespec began, ended;
    unsigned long call;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
    for (call = 0; call < calls; call++) {
        parse(command, text);
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
    return (double)(ended.tv_sec - began.tv_sec) * 1e9 + (double)(ended.tv_nsec - began.tv_nsec);
}

static int smaller(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median_ns(asaf_str command, asaf_str text) {
    double batches[BATCHES];
    unsigned long calls = 1;
    int at;
    while (batch(command, text, calls) < BATCH_NS) {
        calls *= 2;
    }
    for (at = 0; at < BATCHES; at++) {
        batches[at] = batch(command, text, calls) / (double)calls;
    }
    qsort(batches, BATCHES, sizeof batches[0], smaller);
    return batches[BATCHES / 2];
}

/* The text of a file, to be freed; NULL where it cannot be read. */
static char *text_of(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(1 << 20);
    if (file == NULL || text == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    *length = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static long peak_kib(void) {
    char line[256];
    long peak = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        if (sscanf(line, "VmHWM: %ld kB", &peak) == 1) {
            break;
        }
    }
    if (status != NULL) {
        fclose(status);
    }
    return peak;
}

static int usage(void) {
    fputs("usage: calls time COMMAND FILE... | calls run COMMAND FILE CALLS\n", stderr);
    return 2;
}

int main(int argc, char **argv) {
    int at;
    if (argc < 4) {
        return usage();
    }
    if (strcmp(argv[1], "run") == 0 && argc == 5) {
        size_t length;
        char *text = text_of(argv[3], &length);
        asaf_str shown = {text, length};
        long calls = strtol(argv[4], NULL, 10);
        for (; calls > 0; calls--) {
            if (!parse(str(argv[2]), shown)) {
                fprintf(stderr, "%s gives no facts\n", argv[3]);
                return 1;
            }
        }
        free(text);
        return 0;
    }
    if (strcmp(argv[1], "time") != 0) {
        return usage();
    }
    for (at = 3; at < argc; at++) {
        size_t length;
        char *text = text_of(argv[at], &length);
        asaf_str shown = {text, length};
        bool parsed = parse(str(argv[2]), shown);
        printf("time\t%.1f\t%d\t%s\n", median_ns(str(argv[2]), shown), (int)parsed, argv[at]);
        free(text);
    }
    printf("peak\t%ld\n", peak_kib());
    return 0;
}
