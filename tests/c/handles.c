/* Handles: NULL, freed, of another kind, never one; frees in any order. */
#include "check.h"

static void null_is_nothing_to_free(void) {
    OK(asaf_captures_free(NULL));
    OK(asaf_error_free(NULL));
    OK(asaf_findings_free(NULL));
    OK(asaf_goal_free(NULL));
    OK(asaf_image_name_free(NULL));
    OK(asaf_outcome_free(NULL));
    OK(asaf_pair_free(NULL));
    OK(asaf_plan_free(NULL));
    OK(asaf_policy_free(NULL));
    OK(asaf_reading_free(NULL));
    OK(asaf_rehearsal_free(NULL));
    OK(asaf_run_free(NULL));
    OK(asaf_stop_free(NULL));
    OK(asaf_text_free(NULL));
    OK(asaf_verdict_free(NULL));
}

/* Each `_free` with a pointer that was never a handle, and with a handle of another kind. */
static void what_is_no_handle_is_not_freed(void) {
    asaf_stop *stop;
    asaf_policy *policy;
    OK(asaf_stop_new(&stop, NULL));
    OK(asaf_policy_from_json(str("{}"), &policy, NULL));
    int local = 0;
    void *wrong[] = {&local, (void *)1, (void *)UINTPTR_MAX, stop};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        void *handle = wrong[at];
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_captures_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_error_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_findings_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_goal_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_image_name_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_outcome_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_pair_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_plan_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_policy_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_reading_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_rehearsal_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_run_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_text_free(handle));
        STATUS(ASAF_STATUS_BAD_HANDLE, asaf_verdict_free(handle));
    }
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_stop_free((asaf_stop *)(void *)policy));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_stop_set((asaf_stop *)(void *)policy));
    OK(asaf_stop_free(stop));
    OK(asaf_policy_free(policy));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_stop_free(stop));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_stop_set(stop));
}

static void the_message_names_both_kinds(void) {
    asaf_stop *stop;
    asaf_run *run;
    OK(asaf_stop_new(&stop, NULL));
    REFUSED(ASAF_STATUS_BAD_HANDLE, "plan: expected a handle of asaf_plan, found one of asaf_stop",
            asaf_run_new((const asaf_plan *)(const void *)stop, str(""), &run, &error));
    OK(asaf_stop_free(stop));
    REFUSED(ASAF_STATUS_BAD_HANDLE, "plan: expected a handle of asaf_plan, found none that is in use",
            asaf_run_new((const asaf_plan *)(const void *)stop, str(""), &run, &error));
    CHECK(run == NULL);
}

/* Everything that a plan leads to, freed in an order that follows from `seed`. */
static void any_order(const char *pair_folder, unsigned seed) {
    enum { CAPTURES, PAIR, GOAL, POLICY, FINDINGS, PLAN, RUN, REHEARSAL, OUTCOME, COUNT };
    void *handles[COUNT];
    asaf_captures *captures = captures_of(pair_folder);
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    asaf_pair *pair;
    asaf_policy *policy;
    asaf_findings *findings;
    asaf_plan *plan;
    asaf_run *run;
    asaf_rehearsal *rehearsal;
    asaf_outcome *outcome;
    OK(asaf_pair_new(captures, &pair, NULL));
    OK(asaf_policy_from_json(str("{}"), &policy, NULL));
    OK(asaf_plan_new(pair, goal, NULL, policy, &plan, &findings, NULL));
    OK(asaf_run_new(plan, str("me"), &run, NULL));
    OK(asaf_rehearse(plan, NULL, &rehearsal, NULL));
    OK(asaf_rehearsal_outcome(rehearsal, &outcome, NULL));
    handles[CAPTURES] = captures;
    handles[PAIR] = pair;
    handles[GOAL] = goal;
    handles[POLICY] = policy;
    handles[FINDINGS] = findings;
    handles[PLAN] = plan;
    handles[RUN] = run;
    handles[REHEARSAL] = rehearsal;
    handles[OUTCOME] = outcome;
    CHECK(asaf_live_handles() == COUNT);
    for (size_t left = COUNT; left > 0; left--) {
        seed = seed * 1103515245u + 12345u;
        size_t nth = (seed >> 16) % left;
        size_t at = 0;
        for (; handles[at] == NULL || nth-- > 0; at++) {
        }
        void *handle = handles[at];
        handles[at] = NULL;
        switch (at) {
        case CAPTURES: OK(asaf_captures_free(handle)); break;
        case PAIR: OK(asaf_pair_free(handle)); break;
        case GOAL: OK(asaf_goal_free(handle)); break;
        case POLICY: OK(asaf_policy_free(handle)); break;
        case FINDINGS: OK(asaf_findings_free(handle)); break;
        case PLAN: OK(asaf_plan_free(handle)); break;
        case RUN: OK(asaf_run_free(handle)); break;
        case REHEARSAL: OK(asaf_rehearsal_free(handle)); break;
        default: OK(asaf_outcome_free(handle)); break;
        }
    }
    CHECK(asaf_live_handles() == 0);
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    null_is_nothing_to_free();
    what_is_no_handle_is_not_freed();
    the_message_names_both_kinds();
    for (unsigned seed = 1; seed <= 3; seed++) {
        any_order(argv[1], seed);
    }
    return done("handles");
}
