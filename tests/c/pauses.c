/* Rehearsals that are paused, probed and stopped, and the ways back from where they pause. */
#include "rehearsal.h"

static bool on_probe(void *user, asaf_str *why) {
    watch *watch = user;
    if (++watch->probed == watch->refuse_at) {
        *why = str("no answer from 203.0.113.10");
        return false;
    }
    return true;
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

int main(int argc, char **argv) {
    CHECK(argc > 1);
    pauses(argv[1]);
    probes(argv[1]);
    ways_back(argv[1]);
    stops(argv[1]);
    return done("pauses");
}
