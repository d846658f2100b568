/* A pair over SSH: read it, be refused, stop from another thread, upgrade it.
 * live ACTIVE_PORT STANDBY_PORT KNOWN_HOSTS FOLDER SCALE */
#include "check.h"

#include <pthread.h>
#include <sys/file.h>

static const char *known_hosts, *folder;
static uint16_t active_port, standby_port;
static uint32_t scale;

static asaf_ssh ssh_with(const char *password) {
    asaf_ssh ssh = {.size = sizeof ssh};
    ssh.active_host = str("127.0.0.1");
    ssh.standby_host = str("127.0.0.1");
    ssh.active_port = active_port;
    ssh.standby_port = standby_port;
    ssh.known_hosts = str(known_hosts);
    ssh.user = str("operator");
    ssh.password = str(password);
    ssh.enable = str("enable-secret");
    ssh.time_scale = scale;
    return ssh;
}

static void wrong_settings(void) {
    asaf_pair *pair;
    asaf_ssh ssh = ssh_with("login-secret");
    ssh.user = str("");
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh.user: expected a text, found none",
            asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    ssh = ssh_with("");
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh: expected a password or a key, found none",
            asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    ssh = ssh_with("login-secret");
    ssh.algorithms = 5;
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh.algorithms: expected a value of asaf_algorithms, found 5",
            asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    ssh = ssh_with("login-secret");
    ssh.fallback_user = str("local");
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh.fallback_password: expected a password",
            asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    ssh.size = 8;
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh: expected size to be sizeof(asaf_ssh)",
            asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    ssh = ssh_with("login-secret");
    asaf_str file = str("disk9:/x");
    REFUSED(ASAF_STATUS_BAD_IMAGE, "found \"disk9:/x\"", asaf_read_ssh(&ssh, &file, 1, &pair, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_read_ssh(&ssh, NULL, 1, &pair, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_read_ssh(NULL, NULL, 0, &pair, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_read_ssh(&ssh, NULL, 0, NULL, NULL));
    CHECK(pair == NULL);
}

/* A refused login says who and where, and never what was typed. */
static void refused_logins(void) {
    asaf_pair *pair;
    asaf_error *error;
    asaf_ssh ssh = ssh_with("password-canary");
    ssh.key_passphrase = str("passphrase-canary");
    ssh.enable = str("enable-canary");
    STATUS(ASAF_STATUS_READ_FAILED, asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    CONTAINS(message(error), "login of operator refused; check user name and password (or key)");
    CHECK(!contains(message(error), "canary"));
    OK(asaf_error_free(error));

    ssh = ssh_with("login-secret");
    ssh.enable = str("enable-canary");
    STATUS(ASAF_STATUS_READ_FAILED, asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    CONTAINS(message(error), "the enable password was not accepted");
    CHECK(!contains(message(error), "canary"));
    OK(asaf_error_free(error));

    ssh = ssh_with("login-secret");
    ssh.known_hosts = str("/dev/null");
    STATUS(ASAF_STATUS_READ_FAILED, asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    CONTAINS(message(error), "is not known; compare it on the console and add it to /dev/null");
    OK(asaf_error_free(error));

    char bad[] = "secret\xff-canary";
    ssh = ssh_with(bad);
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_read_ssh(&ssh, NULL, 0, &pair, &error));
    EQUALS(message(error), "ssh.password: expected UTF-8, found something else at byte 6");
    OK(asaf_error_free(error));
}

static asaf_plan *read_and_plan(void) {
    asaf_pair *pair;
    asaf_plan *plan;
    asaf_error *error;
    asaf_ssh ssh = ssh_with("login-secret");
    if (asaf_read_ssh(&ssh, NULL, 0, &pair, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    if (asaf_plan_new(pair, goal, NULL, NULL, &plan, NULL, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
    OK(asaf_goal_free(goal));
    OK(asaf_pair_free(pair));
    return plan;
}

/* Another run holds the journal, and signed itself. */
static void held_journal(asaf_plan *plan, const asaf_ssh *ssh, const asaf_run_options *options, const char *journal) {
    asaf_outcome *outcome;
    char name[600];
    snprintf(name, sizeof name, "%s.lock", journal);
    FILE *lock = fopen(name, "w");
    CHECK(lock != NULL && fputs("{\"owner\":\"netops\",\"process\":42}", lock) >= 0 && fflush(lock) == 0);
    CHECK(flock(fileno(lock), LOCK_EX | LOCK_NB) == 0);
    REFUSED(ASAF_STATUS_JOURNAL, "another run holds it (\"netops\", process 42); a pair has one run at a time",
            asaf_run_ssh(plan, ssh, options, &outcome, &error));
    CHECK(outcome == NULL && fclose(lock) == 0 && remove(name) == 0);
}

static void wrong_runs(asaf_plan *plan, const char *journal) {
    asaf_outcome *outcome;
    asaf_ssh ssh = ssh_with("login-secret");
    asaf_run_options options = {.size = sizeof options};
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.journal: expected a file, found none",
            asaf_run_ssh(plan, &ssh, &options, &outcome, &error));
    options.journal = str("/nonexistent/fw1.journal");
    REFUSED(ASAF_STATUS_JOURNAL, "journal /nonexistent/fw1.journal: its folder cannot be written: No such file or directory",
            asaf_run_ssh(plan, &ssh, &options, &outcome, &error));
    options.journal = str("/proc/fw1.journal");
    REFUSED(ASAF_STATUS_JOURNAL, "journal /proc/fw1.journal: ",
            asaf_run_ssh(plan, &ssh, &options, &outcome, &error));
    options.journal = str(journal);
    held_journal(plan, &ssh, &options, journal);
    ssh.standby_host = str("");
    REFUSED(ASAF_STATUS_BAD_VALUE, "ssh.standby_host: expected an address, since the plan needs both",
            asaf_run_ssh(plan, &ssh, &options, &outcome, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_ssh(NULL, &ssh, &options, &outcome, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_ssh(plan, NULL, &options, &outcome, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_ssh(plan, &ssh, NULL, &outcome, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_ssh(plan, &ssh, &options, NULL, NULL));
    CHECK(outcome == NULL);
    FILE *none = fopen(journal, "rb");
    CHECK(none == NULL);
}

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t due;
    bool stop_is_due;
    size_t seen;
    asaf_stop *stop;
} watch;

/* The first progress lets the other thread set the stop flag. */
static void on_progress(void *user, const asaf_progress *progress) {
    watch *watch = user;
    CHECK(progress->text.len > 0);
    CHECK(!contains(progress->text, "secret"));
    pthread_mutex_lock(&watch->lock);
    if (++watch->seen == 10) {
        watch->stop_is_due = true;
        pthread_cond_signal(&watch->due);
    }
    pthread_mutex_unlock(&watch->lock);
}

static void *stopper(void *user) {
    watch *watch = user;
    pthread_mutex_lock(&watch->lock);
    while (!watch->stop_is_due) {
        pthread_cond_wait(&watch->due, &watch->lock);
    }
    pthread_mutex_unlock(&watch->lock);
    OK(asaf_stop_set(watch->stop));
    return NULL;
}

static void run(asaf_plan *plan, const char *journal, watch *watch, asaf_outcome_kind kind, const char *part) {
    asaf_outcome *outcome;
    asaf_outcome_kind found;
    asaf_error *error;
    asaf_str text;
    asaf_ssh ssh = ssh_with("login-secret");
    asaf_run_options options = {.size = sizeof options};
    options.journal = str(journal);
    options.owner = str("c-suite");
    options.on_progress = on_progress;
    options.user = watch;
    options.stop = watch->stop;
    if (asaf_run_ssh(plan, &ssh, &options, &outcome, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
    OK(asaf_outcome_text(outcome, &text));
    CONTAINS(text, part);
    OK(asaf_outcome_read_kind(outcome, &found));
    CHECK(found == kind);
    OK(asaf_outcome_free(outcome));
}

int main(int argc, char **argv) {
    CHECK(argc == 6);
    active_port = (uint16_t)atoi(argv[1]);
    standby_port = (uint16_t)atoi(argv[2]);
    known_hosts = argv[3];
    folder = argv[4];
    scale = (uint32_t)atoi(argv[5]);
    char journal[512];
    snprintf(journal, sizeof journal, "%s/fw1.journal", folder);

    wrong_settings();
    refused_logins();
    asaf_plan *plan = read_and_plan();
    wrong_runs(plan, journal);

    watch watch = {.seen = 0};
    pthread_t thread;
    CHECK(pthread_mutex_init(&watch.lock, NULL) == 0 && pthread_cond_init(&watch.due, NULL) == 0);
    OK(asaf_stop_new(&watch.stop, NULL));
    CHECK(pthread_create(&thread, NULL, stopper, &watch) == 0);
    run(plan, journal, &watch, ASAF_OUTCOME_KIND_HALTED, "stopped by the operator");
    CHECK(pthread_join(thread, NULL) == 0);
    OK(asaf_stop_free(watch.stop));

    /* The journal is there now; without the flag the run goes on from it to its end. */
    watch.stop = NULL;
    run(plan, journal, &watch, ASAF_OUTCOME_KIND_COMPLETED, "Secondary runs 9.8(4)48");
    char *text = read_file(journal);
    CHECK(text != NULL && strstr(text, "\"owner\":\"c-suite\"") != NULL && strstr(text, "\"resumed\"") != NULL);
    CHECK(strstr(text, "secret") == NULL);
    free(text);
    CHECK(remove(journal) == 0);
    OK(asaf_plan_free(plan));
    pthread_cond_destroy(&watch.due);
    pthread_mutex_destroy(&watch.lock);
    return done("live");
}
