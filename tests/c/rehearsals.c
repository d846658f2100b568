/* Rehearsals: a plan on the simulated pair, with faults, other settings and preempt. */
#include "rehearsal.h"

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

/* A fault that cannot befall the pair is refused: without it the rehearsal would look like one that withstood it. */
static void unfit(asaf_plan *plan) {
    static const struct {
        uint32_t kind, group, count;
        const char *text, *why;
    } table[] = {
        {ASAF_FAULT_KIND_INTERFACE_DOWN, 0, 0, "dmz no-link", "the pair has no interface dmz"},
        {ASAF_FAULT_KIND_PREEMPT, 2, 0, "", "the pair has no failover group 2"},
        {ASAF_FAULT_KIND_MODULE_DOWN, 0, 0, "", "the pair has no service module"},
        {ASAF_FAULT_KIND_STUCK_IN, 0, 0, "Bulk", "no unit is stuck in Bulk; expected one of: Negotiation"},
        {ASAF_FAULT_KIND_SESSIONS_TAKEN, 0, 6, "", "a unit has 5 sessions, not 6"},
    };
    asaf_rehearsal *rehearsal;
    asaf_fault faults[] = {{.kind = ASAF_FAULT_KIND_SPLIT_BRAIN}, {.role = ASAF_ROLE_SECONDARY}};
    asaf_rehearse_options options = {.size = sizeof options, .faults = faults, .fault_count = 2};
    for (size_t at = 0; at < sizeof table / sizeof *table; at++) {
        char why[160];
        faults[1].kind = table[at].kind;
        faults[1].group = table[at].group;
        faults[1].count = table[at].count;
        faults[1].text = str(table[at].text);
        snprintf(why, sizeof why, "options.faults[1]: expected a fault that can befall the pair (%s", table[at].why);
        REFUSED(ASAF_STATUS_BAD_VALUE, why, asaf_rehearse(plan, &options, &rehearsal, &error));
    }
}

static void faults(const char *folder) {
    asaf_plan *plan = planned(folder, "");
    asaf_rehearsal *rehearsal;
    asaf_fault fault = {.at_ms = 1000, .kind = ASAF_FAULT_KIND_NEVER_RETURNS, .role = ASAF_ROLE_SECONDARY};
    asaf_rehearse_options options = {.size = sizeof options, .seed = 7, .faults = &fault, .fault_count = 1};
    bool is;
    asaf_str text;
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
    options.settings = str("{\"module\": \"SFR5525\"}");
    for (uint32_t kind = ASAF_FAULT_KIND_CRASH; kind <= ASAF_FAULT_KIND_MODULE_UP; kind++) {
        static const char *const words[ASAF_FAULT_KIND_MODULE_UP + 1] = {
            [ASAF_FAULT_KIND_STUCK_IN] = "Bulk Sync",      [ASAF_FAULT_KIND_MISMATCHED] = "licence",
            [ASAF_FAULT_KIND_COPY_REFUSED] = "timed-out",  [ASAF_FAULT_KIND_CUT_AFTER] = "reset",
            [ASAF_FAULT_KIND_LOSE_REPLY] = "after",        [ASAF_FAULT_KIND_REPLACED] = "JAD000000A9",
            [ASAF_FAULT_KIND_INTERFACE_DOWN] = "inside no-link", [ASAF_FAULT_KIND_INTERFACE_UP] = "inside",
        };
        fault = (asaf_fault){.kind = kind, .role = ASAF_ROLE_SECONDARY, .count = 4};
        fault.text = str(words[kind] != NULL ? words[kind] : "a text");
        fault.when = str("{\"typed\": {\"head\": \"failover reload-standby\", \"after_ms\": 200}}");
        /* It is taken; the run is over before it strikes, and says so. */
        OK(asaf_rehearse(plan, &options, &rehearsal, NULL));
        OK(asaf_rehearsal_json(rehearsal, &text));
        CONTAINS(text, "\"unstruck\":[\"");
        OK(asaf_rehearsal_free(rehearsal));
    }
    options.stop = NULL;
    options.settings = str("");
    OK(asaf_stop_free(stop));
    unfit(plan);
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
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.faults[0].when: expected an occasion as JSON (unknown variant `someday`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = ASAF_FAULT_KIND_CUT_AFTER;
    fault.text = str("gently");
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.faults[0].text: expected a word that fits the kind (unknown variant `gently`",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = ASAF_FAULT_KIND_INTERFACE_DOWN;
    fault.text = str("inside");
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.faults[0].text: expected a word that fits the kind (unknown variant ``",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault = (asaf_fault){.kind = ASAF_FAULT_KIND_NEVER_RETURNS};
    fault.role = 9;
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.faults[0].role: expected a value of asaf_role, found 9",
            asaf_rehearse(plan, &options, &rehearsal, &error));
    fault.kind = 99;
    REFUSED(ASAF_STATUS_BAD_VALUE, "options.faults[0].kind: expected a value of asaf_fault_kind, found 99",
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
    faults(argv[1]);
    settings(argv[1]);
    preempt(argv[1]);
    return done("rehearsals");
}
