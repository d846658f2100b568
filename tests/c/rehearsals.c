/* Rehearsals: a plan on the simulated pair, with faults, watched, paused and stopped. */
#include "check.h"

static asaf_plan *planned(const char *folder, const char *policy_json) {
    asaf_captures *captures = captures_of(folder);
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    asaf_policy *policy;
    asaf_pair *pair;
    asaf_plan *plan;
    OK(asaf_policy_from_json(str(policy_json), &policy, NULL));
    OK(asaf_pair_new(captures, &pair, NULL));
    OK(asaf_plan_new(pair, goal, NULL, policy, &plan, NULL, NULL));
    OK(asaf_pair_free(pair));
    OK(asaf_captures_free(captures));
    OK(asaf_goal_free(goal));
    OK(asaf_policy_free(policy));
    return plan;
}

static void ended(asaf_rehearsal *rehearsal, asaf_outcome_kind kind, const char *code, const char *part) {
    asaf_outcome *outcome;
    asaf_outcome_kind found;
    asaf_str text;
    OK(asaf_rehearsal_outcome(rehearsal, &outcome, NULL));
    OK(asaf_outcome_text(outcome, &text));
    CONTAINS(text, part);
    OK(asaf_outcome_read_kind(outcome, &found));
    CHECK(found == kind);
    OK(asaf_outcome_code(outcome, &text));
    EQUALS(text, code);
    OK(asaf_outcome_json(outcome, &text));
    CONTAINS(text, kind == ASAF_OUTCOME_KIND_COMPLETED ? "{\"completed\":" : "{\"halted\":");
    if (kind == ASAF_OUTCOME_KIND_HALTED) {
        CONTAINS(text, "\"now\":[\"");
        CONTAINS(text, "\"safe\":\"");
        CONTAINS(text, "\"commands\":[{\"unit\":\"Primary\",\"line\":\"show failover\",\"changes\":false}");
    }
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_outcome_read_kind(outcome, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_outcome_code(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_outcome_text(outcome, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_outcome_json(NULL, &text));
    OK(asaf_outcome_free(outcome));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_outcome_text(outcome, &text));
}

/* Without faults: completed, clean, and the lines are those of the plan. */
static void clean(const char *folder) {
    asaf_plan *plan = planned(folder, "");
    asaf_rehearsal *rehearsal;
    asaf_gap gap;
    asaf_line line;
    asaf_step step;
    asaf_str text;
    size_t count, steps, at = 0;
    bool is;
    OK(asaf_rehearse(plan, NULL, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Primary runs 9.8(4)48");
    OK(asaf_rehearsal_is_clean(rehearsal, &is));
    CHECK(is);
    OK(asaf_rehearsal_is_blameless(rehearsal, &is));
    CHECK(is);
    OK(asaf_rehearsal_oracle(rehearsal, &text));
    CONTAINS(text, "reboots: primary 1, secondary 1");
    OK(asaf_rehearsal_is_innocent(rehearsal, &is));
    CHECK(is);
    OK(asaf_rehearsal_judgement(rehearsal, &text));
    EQUALS(text, "0 violations, 0 excused\n");
    OK(asaf_rehearsal_json(rehearsal, &text));
    CONTAINS(text, "{\"outcome\":{\"completed\":");
    CONTAINS(text, "\"history\":[{\"at_ms\":0,\"role\":\"Primary\",\"what\":{\"began\":");
    CONTAINS(text, "\"judgement\":{\"violations\":[],\"excused\":[]}");
    CONTAINS(text, "\"lines\":[[\"Primary\",");
    OK(asaf_rehearsal_gap_count(rehearsal, &count));
    CHECK(count > 0);
    for (size_t nth = 0; nth < count; nth++) {
        OK(asaf_rehearsal_gap(rehearsal, nth, &gap));
        CHECK(gap.expected && !gap.by_fault && gap.group == 0 && gap.length_ms < 3000);
        CHECK(gap.before != gap.after && gap.after != ASAF_ROLE_NONE);
    }
    STATUS(ASAF_STATUS_ABSENT, asaf_rehearsal_gap(rehearsal, count, &gap));
    OK(asaf_rehearsal_line_count(rehearsal, &count));
    OK(asaf_plan_step_count(plan, &steps));
    for (size_t nth = 0; nth < steps; nth++) {
        OK(asaf_plan_step(plan, nth, &step));
        if (step.changes) {
            OK(asaf_rehearsal_line(rehearsal, at++, &line));
            CHECK(line.role == step.role && line.text.len == step.command.len);
            CHECK(memcmp(line.text.data, step.command.data, line.text.len) == 0);
        }
    }
    CHECK(at == count);
    STATUS(ASAF_STATUS_ABSENT, asaf_rehearsal_line(rehearsal, count, &line));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_line(rehearsal, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_line_count(NULL, &count));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_gap(NULL, 0, &gap));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_gap_count(rehearsal, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_is_clean(rehearsal, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_is_blameless(NULL, &is));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_oracle(rehearsal, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_judgement(rehearsal, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_is_innocent(rehearsal, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_json(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearsal_outcome(rehearsal, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearse(plan, NULL, NULL, NULL));
    OK(asaf_rehearsal_free(rehearsal));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_rehearsal_oracle(rehearsal, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_rehearse(NULL, NULL, &rehearsal, NULL));
    OK(asaf_plan_free(plan));
}

typedef struct {
    size_t seen, asked, stop_after;
    uint32_t answer;
    asaf_stop *stop;
    asaf_action_kind last;
    bool primary_was_seen, console_was_named;
    size_t probed, refuse_at;
} watch;

static bool on_probe(void *user, asaf_str *why) {
    watch *watch = user;
    if (++watch->probed == watch->refuse_at) {
        *why = str("no answer from 203.0.113.10");
        return false;
    }
    return true;
}

static void on_progress(void *user, const asaf_progress *progress) {
    watch *watch = user;
    watch->seen++;
    watch->last = progress->action;
    CHECK(progress->text.len > 0 && progress->since_ms <= progress->at_ms);
    if (progress->secondary.version.major != 0) {
        CHECK(progress->secondary.version.major == 9 && progress->secondary.version.minor == 8);
    }
    if (progress->primary.standing.len > 0 && !watch->primary_was_seen) {
        EQUALS(progress->primary.standing, "Active");
        watch->primary_was_seen = true;
    }
    if (progress->symptom.len > 0) {
        CONTAINS(progress->symptom, "it asks something on its console");
        watch->console_was_named = true;
    }
    if (watch->stop != NULL && watch->seen == watch->stop_after) {
        OK(asaf_stop_set(watch->stop));
        /* The run keeps what it was given. */
        OK(asaf_stop_free(watch->stop));
    }
}

static uint32_t on_question(void *user, const asaf_question *question) {
    watch *watch = user;
    watch->asked++;
    CHECK(question->hop == 1 && question->pause == ASAF_PAUSE_BEFORE_SWITCH);
    CHECK(question->back_count == 5 && question->back[0].role == ASAF_ROLE_PRIMARY);
    EQUALS(question->back[4].text, "write memory");
    return watch->answer;
}

static asaf_rehearsal *watched(asaf_plan *plan, watch *watch) {
    asaf_rehearsal *rehearsal;
    asaf_rehearse_options options = {.size = sizeof options};
    options.on_progress = on_progress;
    options.on_question = on_question;
    options.on_probe = on_probe;
    options.user = watch;
    options.stop = watch->stop;
    OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
    return rehearsal;
}

static void pauses(const char *folder) {
    asaf_plan *plan = planned(folder, "{\"pauses\":[\"before-switch\"]}");
    asaf_rehearsal *rehearsal;
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.on_question: expected a function, since the policy has pauses",
            asaf_rehearse(plan, NULL, &rehearsal, &error));
    static const struct {
        uint32_t answer;
        asaf_outcome_kind kind;
        const char *code, *part;
    } table[] = {
        {ASAF_ANSWER_GO, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Completed in"},
        {ASAF_ANSWER_HALT, ASAF_OUTCOME_KIND_HALTED, "declined", "the operator chose not to go on"},
        {4711, ASAF_OUTCOME_KIND_HALTED, "declined", "the operator chose not to go on"},
    };
    for (size_t at = 0; at < sizeof table / sizeof table[0]; at++) {
        watch watch = {.answer = table[at].answer};
        rehearsal = watched(plan, &watch);
        CHECK(watch.asked == 1 && watch.seen > 10 && watch.primary_was_seen && watch.last == ASAF_ACTION_KIND_FINISH);
        ended(rehearsal, table[at].kind, table[at].code, table[at].part);
        OK(asaf_rehearsal_free(rehearsal));
    }
    OK(asaf_plan_free(plan));
}

/* Between the switch and the second reload the caller says whether traffic is well. */
static void probes(const char *folder) {
    asaf_plan *plan = planned(folder, "{\"probe_s\":30}");
    asaf_rehearsal *rehearsal;
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.on_probe: expected a function, since the policy has probe_s",
            asaf_rehearse(plan, NULL, &rehearsal, &error));
    watch well = {0}, unwell = {.refuse_at = 2};
    rehearsal = watched(plan, &well);
    CHECK(well.probed >= 4);
    ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Completed");
    OK(asaf_rehearsal_free(rehearsal));
    rehearsal = watched(plan, &unwell);
    CHECK(unwell.probed == 2);
    ended(rehearsal, ASAF_OUTCOME_KIND_HALTED, "unhealthy", "no answer from 203.0.113.10");
    OK(asaf_rehearsal_free(rehearsal));
    OK(asaf_plan_free(plan));
}

/* A way back is a plan, rehearsed from where it turns round. */
static void ways_back(const char *folder) {
    asaf_plan *plan = planned(folder, ""), *back, *again, *none;
    asaf_rehearsal *rehearsal;
    asaf_str text;
    asaf_line line;
    bool is;
    for (uint32_t pause = ASAF_PAUSE_BEFORE_SWITCH; pause <= ASAF_PAUSE_BEFORE_SECOND_RELOAD; pause++) {
        OK(asaf_plan_way_back(plan, 1, pause, &back, NULL));
        OK(asaf_rehearse(back, NULL, &rehearsal, NULL));
        ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Secondary runs 9.8(4)\n");
        OK(asaf_rehearsal_is_clean(rehearsal, &is));
        CHECK(is);
        OK(asaf_rehearsal_line(rehearsal, 0, &line));
        EQUALS(line.text, "no boot system disk0:/asa984-48-smp-k8.bin");
        OK(asaf_plan_markdown(back, &text));
        CONTAINS(text, "# Way back of ");
        OK(asaf_plan_json(back, &text));
        OK(asaf_plan_from_json(text, NULL, &again, NULL));
        OK(asaf_plan_free(again));
        REFUSED(ASAF_STATUS_REFUSED, "a way back has none of its own",
                asaf_plan_way_back(back, 1, pause, &none, &error));
        OK(asaf_rehearsal_free(rehearsal));
        OK(asaf_plan_free(back));
    }
    REFUSED(ASAF_STATUS_REFUSED, "does not come by the point before the switch of hop 2",
            asaf_plan_way_back(plan, 2, ASAF_PAUSE_BEFORE_SWITCH, &none, &error));
    REFUSED(ASAF_STATUS_BAD_VALUE, "pause", asaf_plan_way_back(plan, 1, 9, &none, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_way_back(NULL, 1, ASAF_PAUSE_BEFORE_SWITCH, &none, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_way_back(plan, 1, ASAF_PAUSE_BEFORE_SWITCH, NULL, NULL));
    OK(asaf_plan_free(plan));
}

static void stops(const char *folder) {
    asaf_plan *plan = planned(folder, "");
    watch watch = {.stop_after = 40};
    OK(asaf_stop_new(&watch.stop, NULL));
    asaf_rehearsal *rehearsal = watched(plan, &watch);
    ended(rehearsal, ASAF_OUTCOME_KIND_HALTED, "stopped", "stopped by the operator");
    OK(asaf_rehearsal_free(rehearsal));
    OK(asaf_plan_free(plan));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_stop_new(NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_stop_set(NULL));
}

static void faults(const char *folder) {
    asaf_plan *plan = planned(folder, "");
    asaf_rehearsal *rehearsal;
    asaf_fault fault = {.at_ms = 1000, .kind = ASAF_FAULT_KIND_NEVER_RETURNS, .role = ASAF_ROLE_SECONDARY};
    asaf_rehearse_options options = {.size = sizeof options, .seed = 7, .faults = &fault, .fault_count = 1};
    bool is;
    watch watch = {0};
    options.on_progress = on_progress;
    options.user = &watch;
    OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_HALTED, "deadline", "Secondary");
    CHECK(watch.console_was_named);
    OK(asaf_rehearsal_is_blameless(rehearsal, &is));
    CHECK(is);
    OK(asaf_rehearsal_free(rehearsal));

    asaf_stop *stop;
    OK(asaf_stop_new(&stop, NULL));
    OK(asaf_stop_set(stop));
    options.stop = stop;
    for (uint32_t kind = ASAF_FAULT_KIND_CRASH; kind <= ASAF_FAULT_KIND_MODULE_UP; kind++) {
        static const char *const words[ASAF_FAULT_KIND_MODULE_UP + 1] = {
            [ASAF_FAULT_KIND_STUCK_IN] = "Bulk Sync",      [ASAF_FAULT_KIND_MISMATCHED] = "licence",
            [ASAF_FAULT_KIND_COPY_REFUSED] = "timed-out",  [ASAF_FAULT_KIND_CUT_AFTER] = "reset",
            [ASAF_FAULT_KIND_LOSE_REPLY] = "after",        [ASAF_FAULT_KIND_REPLACED] = "JAD000000A9",
            [ASAF_FAULT_KIND_INTERFACE_DOWN] = "inside no-link",
        };
        fault = (asaf_fault){.kind = kind, .role = ASAF_ROLE_SECONDARY, .count = 4};
        fault.text = str(words[kind] != NULL ? words[kind] : "a text");
        fault.when = str("{\"typed\": {\"head\": \"failover reload-standby\", \"after_ms\": 200}}");
        /* It is taken; the run is over before it strikes. */
        OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
        OK(asaf_rehearsal_free(rehearsal));
    }
    options.stop = NULL;
    OK(asaf_stop_free(stop));
    options.fault_count = 0;
    options.doubts = str("[{\"wording\": \"other\"}, {\"standby-warns\": \"everything\"}]");
    OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Completed");
    OK(asaf_rehearsal_free(rehearsal));
    options.doubts = str("[{\"wording\": \"loud\"}]");
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.doubts: expected a list of readings as JSON (unknown variant `loud`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    options.doubts = str("");
    options.fault_count = 1;
    fault.when = str("{\"someday\": 1}");
    REFUSED(ASAF_STATUS_BAD_VALUE, "fault.when: expected an occasion as JSON (unknown variant `someday`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = ASAF_FAULT_KIND_CUT_AFTER;
    fault.text = str("gently");
    REFUSED(ASAF_STATUS_BAD_VALUE, "fault.text: expected a word that fits the kind (unknown variant `gently`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = ASAF_FAULT_KIND_INTERFACE_DOWN;
    fault.text = str("inside");
    REFUSED(ASAF_STATUS_BAD_VALUE, "fault.text: expected a word that fits the kind (unknown variant ``",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault = (asaf_fault){.kind = ASAF_FAULT_KIND_NEVER_RETURNS};
    fault.role = 9;
    REFUSED(ASAF_STATUS_BAD_VALUE, "fault.role: expected a value of asaf_role, found 9",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = 99;
    REFUSED(ASAF_STATUS_BAD_VALUE, "fault.kind: expected a value of asaf_fault_kind, found 99",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    options.faults = NULL;
    REFUSED(ASAF_STATUS_NULL_ARGUMENT, "options.faults: expected a pointer, found NULL",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    options.size = 0;
    REFUSED(ASAF_STATUS_BAD_VALUE, "options: expected size to be sizeof(asaf_rehearse_options)",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    CHECK(rehearsal == NULL);
    OK(asaf_plan_free(plan));
}

/* What the simulated pair has beside what was read: a module, which is waited for, and its own times. */
static void settings(const char *folder) {
    asaf_plan *plan = planned(folder, "");
    asaf_rehearsal *rehearsal;
    asaf_rehearse_options options = {.size = sizeof options, .seed = 7};
    asaf_gap gap;
    asaf_str text;
    options.settings = str("{\"timings\": {\"switch_ms\": [900, 901]}, \"hostname\": \"edge\", "
                           "\"doubts\": [{\"wording\": \"other\"}]}");
    OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Completed");
    OK(asaf_rehearsal_gap(rehearsal, 0, &gap));
    CHECK(gap.length_ms >= 900 && gap.length_ms <= 901);
    OK(asaf_rehearsal_free(rehearsal));
    asaf_fault fault = {.kind = ASAF_FAULT_KIND_INTERFACE_DOWN, .role = ASAF_ROLE_SECONDARY};
    fault.text = str("inside no-link");
    fault.when = str("{\"stands\": {\"role\": \"Secondary\", \"standing\": \"Standby Ready\"}}");
    options.faults = &fault;
    options.fault_count = 1;
    options.settings = str("{\"unmonitored\": [\"inside\"], \"monitor\": true}");
    OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_HALTED, "deadline", "interface inside of Secondary was Normal and is not now");
    OK(asaf_rehearsal_json(rehearsal, &text));
    CONTAINS(text, "{\"struck\":{\"fault\":\"interface-down\"}}");
    OK(asaf_rehearsal_free(rehearsal));
    options.settings = str("{\"modul\": 1}");
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.settings: expected settings as JSON (unknown field `modul`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    options.settings = str("{\"unmonitored\": [\"dmz\"]}");
    REFUSED(ASAF_STATUS_BAD_VALUE,
            "options.settings: expected settings that fit the pair (the pair has no interface dmz)",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    OK(asaf_plan_free(plan));
}

/* Preempt of a group is removed for the upgrade, and restored. */
static void preempt(const char *folder) {
    char contexts[512];
    snprintf(contexts, sizeof contexts, "%s/../asa5525-aa-9.8.4", folder);
    asaf_plan *plan = planned(contexts, "{\"preempt\":\"remove\"}");
    const char *expected[] = {"failover group 2", "no preempt", "failover group 2", "preempt 30"};
    asaf_rehearsal *rehearsal;
    asaf_step step;
    size_t count, found = 0, switches = 0;
    OK(asaf_plan_step_count(plan, &count));
    for (size_t at = 0; at < count; at++) {
        OK(asaf_plan_step(plan, at, &step));
        switches += step.phase == ASAF_PHASE_SWITCH;
        if (step.phase == ASAF_PHASE_PREEMPT) {
            CHECK(found < 4 && step.changes && step.role == ASAF_ROLE_PRIMARY);
            EQUALS(step.command, expected[found++]);
        }
    }
    CHECK(found == 4);
    OK(asaf_rehearse(plan, NULL, &rehearsal, NULL));
    ended(rehearsal, ASAF_OUTCOME_KIND_COMPLETED, "completed", "Secondary runs 9.8(4)48");
    /* Nothing moved by itself. */
    OK(asaf_rehearsal_gap_count(rehearsal, &count));
    CHECK(count == switches);
    OK(asaf_rehearsal_free(rehearsal));
    OK(asaf_plan_free(plan));
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    clean(argv[1]);
    pauses(argv[1]);
    probes(argv[1]);
    ways_back(argv[1]);
    stops(argv[1]);
    faults(argv[1]);
    settings(argv[1]);
    preempt(argv[1]);
    return done("rehearsals");
}
