/* A run driven by the caller: events in, actions out, and the journal in the caller's hands. */
#include "check.h"

/* A pair that only prints: the captures of both units behind two sessions. */
typedef struct {
    const char *folder;
    asaf_run *run;
    asaf_action action;
    uint64_t at_ms;
    uint32_t sessions;
    uint32_t role_of[64];
    char journal[65536];
    size_t journal_len;
} shell;

static asaf_event event(asaf_event_kind kind) {
    asaf_event event = {.size = sizeof event};
    event.kind = (uint32_t)kind;
    return event;
}

static void step(shell *shell, const asaf_event *event) {
    asaf_error *error;
    if (asaf_run_step(shell->run, shell->at_ms, event, &shell->action, &error) != ASAF_STATUS_OK) {
        FAIL("%.*s", (int)message(error).len, message(error).data);
    }
}

static void record(shell *shell) {
    asaf_str line = shell->action.record;
    CHECK(line.len > 0 && line.data[line.len - 1] == '\n');
    CHECK(shell->journal_len + line.len < sizeof shell->journal);
    memcpy(shell->journal + shell->journal_len, line.data, line.len);
    shell->journal_len += line.len;
    asaf_event recorded = event(ASAF_EVENT_KIND_RECORDED);
    step(shell, &recorded);
}

static void connect(shell *shell) {
    uint32_t role = shell->action.endpoint == ASAF_ENDPOINT_ACTIVE ? ASAF_ROLE_PRIMARY : ASAF_ROLE_SECONDARY;
    CHECK(shell->sessions + 1 < 64 && shell->action.by_ms > shell->at_ms);
    shell->role_of[++shell->sessions] = role;
    asaf_event connected = event(ASAF_EVENT_KIND_CONNECTED);
    connected.session = shell->sessions;
    connected.prompt = str(role == ASAF_ROLE_PRIMARY ? "fw/pri/act# " : "fw/sec/stby# ");
    step(shell, &connected);
}

/* Answers a line that reads from the captures. */
static void reply(shell *shell) {
    CHECK(shell->action.effect == ASAF_EFFECT_READS && shell->action.mode == ASAF_MODE_PRIVILEGED);
    uint32_t role = shell->role_of[shell->action.session];
    char *output = NULL;
    if (contains(shell->action.line, "verify /sha-512 ")) {
        output = capture(shell->folder, role, "verify-asa984-48-smp-k8.bin");
    } else if (contains(shell->action.line, "dir disk0:/")) {
        output = capture(shell->folder, role, "dir");
    } else if (contains(shell->action.line, "show startup-config")) {
        output = capture(shell->folder, role, "show-startup-config");
    } else {
        for (size_t at = 0; at < sizeof CAPTURED / sizeof CAPTURED[0]; at++) {
            if (equals(shell->action.line, CAPTURED[at][1])) {
                output = capture(shell->folder, role, CAPTURED[at][0]);
            }
        }
    }
    if (output == NULL) {
        FAIL("no capture of %.*s", (int)shell->action.line.len, shell->action.line.data);
    }
    asaf_event replied = event(ASAF_EVENT_KIND_REPLIED);
    replied.session = shell->action.session;
    replied.text = str(output);
    replied.prompt = str(role == ASAF_ROLE_PRIMARY ? "fw/pri/act# " : "fw/sec/stby# ");
    step(shell, &replied);
    free(output);
}

/* Moves the session to configuration mode and back; nothing on the unit changes. */
static void move(shell *shell) {
    CHECK(shell->action.effect == ASAF_EFFECT_MOVES && shell->role_of[shell->action.session] == ASAF_ROLE_PRIMARY);
    asaf_event replied = event(ASAF_EVENT_KIND_REPLIED);
    replied.session = shell->action.session;
    replied.prompt = str(equals(shell->action.line, "end") ? "fw/pri/act# " : "fw/pri/act(config)# ");
    step(shell, &replied);
}

/* Goes on until the run wants to change the pair. */
static void read_until_change(shell *shell) {
    for (size_t turn = 0; turn < 2000; turn++) {
        shell->at_ms += 10;
        switch (shell->action.kind) {
        case ASAF_ACTION_KIND_RECORD: record(shell); break;
        case ASAF_ACTION_KIND_CONNECT: connect(shell); break;
        case ASAF_ACTION_KIND_SLEEP: {
            CHECK(shell->action.by_ms >= shell->at_ms || shell->action.by_ms + 10 >= shell->at_ms);
            shell->at_ms = shell->action.by_ms > shell->at_ms ? shell->action.by_ms : shell->at_ms;
            asaf_event over = event(ASAF_EVENT_KIND_TIMED_OUT);
            step(shell, &over);
            break;
        }
        case ASAF_ACTION_KIND_SEND:
            if (shell->action.effect >= ASAF_EFFECT_CHANGES) {
                CHECK(shell->action.enter_by_ms > shell->at_ms && shell->action.enter_by_ms < shell->action.by_ms);
                return;
            }
            CHECK(shell->action.enter_by_ms == UINT64_MAX);
            if (shell->action.effect == ASAF_EFFECT_MOVES) {
                move(shell);
            } else {
                reply(shell);
            }
            break;
        default: FAIL("unexpected action %d", (int)shell->action.kind);
        }
    }
    FAIL("the run only reads");
}

/* The first change is the boot list. Its intent is in the journal by then, and one question is permitted. */
static void change(shell *shell) {
    asaf_permitted permitted;
    asaf_text *progress;
    asaf_str text, journal = {shell->journal, shell->journal_len};
    CONTAINS(shell->action.line, "boot system disk0:/");
    CHECK(shell->action.effect == ASAF_EFFECT_CHANGES && shell->action.mode == ASAF_MODE_CONFIG);
    CHECK(shell->action.permitted == 1);
    OK(asaf_run_permitted(shell->run, 0, &permitted));
    EQUALS(permitted.question, "Configuration syncing is in progress");
    EQUALS(permitted.typed, "no\r");
    STATUS(ASAF_STATUS_ABSENT, asaf_run_permitted(shell->run, 1, &permitted));
    CONTAINS(journal, "\"intent\"");
    OK(asaf_run_progress(shell->run, shell->at_ms, &progress, NULL));
    OK(asaf_text_str(progress, &text));
    CONTAINS(text, "Primary 9.8(4) Active");
    OK(asaf_text_free(progress));
}

/* What was not typed is put on record as that, and decided anew. */
static void unsent(shell *shell) {
    size_t before = shell->journal_len;
    asaf_event unsent = event(ASAF_EVENT_KIND_NOT_SENT);
    step(shell, &unsent);
    CHECK(shell->action.kind == ASAF_ACTION_KIND_RECORD);
    CONTAINS(shell->action.record, "\"effect\":\"not-sent\"");
    record(shell);
    read_until_change(shell);
    change(shell);
    asaf_str since = {shell->journal + before, shell->journal_len - before};
    CONTAINS(since, "\"intent\"");
}

static void halted(shell *shell, const char *code, const char *part) {
    asaf_outcome *outcome;
    asaf_str text;
    CHECK(shell->action.kind == ASAF_ACTION_KIND_FINISH);
    OK(asaf_run_outcome(shell->run, &outcome, NULL));
    OK(asaf_outcome_code(outcome, &text));
    EQUALS(text, code);
    OK(asaf_outcome_text(outcome, &text));
    CONTAINS(text, part);
    OK(asaf_outcome_free(outcome));
}

static void stop(shell *shell) {
    asaf_event stop = event(ASAF_EVENT_KIND_STOP);
    step(shell, &stop);
    while (shell->action.kind == ASAF_ACTION_KIND_RECORD) {
        record(shell);
    }
    halted(shell, "stopped", "stopped by the operator");
    /* And again for ever. */
    step(shell, &stop);
    CHECK(shell->action.kind == ASAF_ACTION_KIND_FINISH);
}

static void journal(shell *shell, const asaf_plan *plan) {
    asaf_str whole = {shell->journal, shell->journal_len};
    asaf_str torn = {shell->journal, shell->journal_len - 3};
    size_t length, held;
    OK(asaf_journal_length(whole, &length, NULL));
    CHECK(length == whole.len);
    OK(asaf_journal_length(torn, &held, NULL));
    CHECK(held < torn.len && shell->journal[held - 1] == '\n');
    CONTAINS(whole, "\"owner\":\"operator@example\"");
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_journal_length(whole, NULL, NULL));

    /* The same run goes on from its records. */
    asaf_run *first = shell->run;
    OK(asaf_run_new(plan, str("operator@example"), &shell->run, NULL));
    shell->at_ms = 0;
    shell->sessions = 0;
    asaf_event resume = event(ASAF_EVENT_KIND_RESUME);
    resume.text = whole;
    step(shell, &resume);
    CHECK(shell->action.kind == ASAF_ACTION_KIND_RECORD);
    CONTAINS(shell->action.record, "\"resumed\":{\"times\":1}");
    read_until_change(shell);
    change(shell);
    unsent(shell);
    stop(shell);
    whole.len = shell->journal_len;
    OK(asaf_journal_length(whole, &length, NULL));
    CHECK(length == whole.len);
    OK(asaf_run_free(shell->run));
    shell->run = first;

    shell->journal[20] ^= 1;
    asaf_error *error;
    size_t line;
    STATUS(ASAF_STATUS_JOURNAL, asaf_journal_length(whole, &length, &error));
    EQUALS(message(error), "journal line 1: its checksum does not fit its text");
    OK(asaf_error_line(error, &line));
    CHECK(line == 1);
    OK(asaf_error_free(error));
}

static void wrong(const asaf_plan *plan) {
    asaf_run *run;
    asaf_action action;
    asaf_text *text;
    asaf_permitted permitted;
    asaf_outcome *outcome;
    asaf_event start = event(ASAF_EVENT_KIND_START);
    OK(asaf_run_new(plan, str(""), &run, NULL));
    REFUSED(ASAF_STATUS_ABSENT, "the run has not ended", asaf_run_outcome(run, &outcome, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_step(run, 0, NULL, &action, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_step(run, 0, &start, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_step(NULL, 0, &start, &action, NULL));
    asaf_event bad = event(ASAF_EVENT_KIND_START);
    bad.kind = 0;
    REFUSED(ASAF_STATUS_BAD_VALUE, "event.kind: expected a value of asaf_event_kind, found 0",
            asaf_run_step(run, 0, &bad, &action, &error));
    bad.size = 1;
    STATUS(ASAF_STATUS_BAD_VALUE, asaf_run_step(run, 0, &bad, &action, NULL));
    bad = event(ASAF_EVENT_KIND_CONNECTED);
    bad.prompt = str("login:");
    REFUSED(ASAF_STATUS_BAD_PROMPT, "event.prompt: expected a prompt such as \"fw/pri/act# \", found \"login:\"",
            asaf_run_step(run, 0, &bad, &action, &error));
    bad = event(ASAF_EVENT_KIND_REFUSED);
    STATUS(ASAF_STATUS_BAD_VALUE, asaf_run_step(run, 0, &bad, &action, NULL));
    bad.endpoint = ASAF_ENDPOINT_ACTIVE;
    REFUSED(ASAF_STATUS_BAD_VALUE, "event.refusal: expected a value of asaf_refusal, found 0",
            asaf_run_step(run, 0, &bad, &action, &error));
    bad = event(ASAF_EVENT_KIND_ANSWERED);
    STATUS(ASAF_STATUS_BAD_VALUE, asaf_run_step(run, 0, &bad, &action, NULL));
    bad = event(ASAF_EVENT_KIND_QUESTIONED);
    bad.text = str("\xff");
    STATUS(ASAF_STATUS_BAD_TEXT, asaf_run_step(run, 0, &bad, &action, NULL));

    /* None of these left a trace: the run begins as if nothing was. */
    OK(asaf_run_step(run, 0, &start, &action, NULL));
    CHECK(action.kind == ASAF_ACTION_KIND_RECORD);
    OK(asaf_run_progress(run, 0, &text, NULL));
    OK(asaf_text_free(text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_progress(run, 0, NULL, NULL));
    STATUS(ASAF_STATUS_ABSENT, asaf_run_permitted(run, 0, &permitted));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_permitted(run, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_outcome(run, NULL, NULL));

    /* A record that is not durable ends it before anything is typed. */
    asaf_event failed = event(ASAF_EVENT_KIND_RECORD_FAILED);
    failed.text = str("no space left on device");
    shell shell = {.run = run};
    step(&shell, &failed);
    halted(&shell, "journal-failed", "the journal cannot be written: no space left on device");
    OK(asaf_run_free(run));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_run_step(run, 0, &start, &action, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_new(plan, str(""), NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_run_new(NULL, str(""), &run, NULL));
}

/* What waiting does not cure ends the run; an event that does not fit does so too. */
static void ends(const asaf_plan *plan) {
    for (int fits = 0; fits < 2; fits++) {
        shell *of = calloc(1, sizeof *of);
        CHECK(of != NULL);
        OK(asaf_run_new(plan, str(""), &of->run, NULL));
        asaf_event start = event(ASAF_EVENT_KIND_START);
        step(of, &start);
        while (of->action.kind == ASAF_ACTION_KIND_RECORD) {
            record(of);
        }
        CHECK(of->action.kind == ASAF_ACTION_KIND_CONNECT);
        asaf_event refused = event(fits ? ASAF_EVENT_KIND_REFUSED : ASAF_EVENT_KIND_RECORDED);
        refused.endpoint = (uint32_t)of->action.endpoint;
        refused.refusal = ASAF_REFUSAL_FINAL;
        refused.text = str("host key SHA256:abc is not known");
        step(of, &refused);
        while (of->action.kind == ASAF_ACTION_KIND_RECORD) {
            record(of);
        }
        if (fits) {
            halted(of, "no-session", "host key SHA256:abc is not known");
        } else {
            halted(of, "unexpected", "unexpected event Recorded while ");
        }
        OK(asaf_run_free(of->run));
        free(of);
    }
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    asaf_plan *plan = plan_of(captures_of(argv[1]), goal_of(TARGET, IMAGE, IMAGE_SHA512));
    shell *shell = calloc(1, sizeof *shell);
    CHECK(shell != NULL);
    shell->folder = argv[1];
    OK(asaf_run_new(plan, str("operator@example"), &shell->run, NULL));
    asaf_event start = event(ASAF_EVENT_KIND_START);
    step(shell, &start);
    CHECK(shell->action.kind == ASAF_ACTION_KIND_RECORD);
    CONTAINS(shell->action.record, "\"header\":");
    read_until_change(shell);
    change(shell);
    stop(shell);
    journal(shell, plan);
    OK(asaf_run_free(shell->run));
    free(shell);
    wrong(plan);
    ends(plan);
    OK(asaf_plan_free(plan));
    return done("steps");
}
