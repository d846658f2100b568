/* What the rehearsals share: a plan for captures, how one ended, and who watches it. */
#ifndef REHEARSAL_H
#define REHEARSAL_H

#include "check.h"

static inline asaf_plan *planned(const char *folder, const char *policy_json) {
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

static inline void ended(asaf_rehearsal *rehearsal, asaf_outcome_kind kind, const char *code, const char *part) {
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

typedef struct {
    size_t seen, asked, stop_after;
    uint32_t answer;
    asaf_stop *stop;
    asaf_action_kind last;
    bool primary_was_seen, console_was_named;
    size_t probed, refuse_at;
} watch;

static inline void on_progress(void *user, const asaf_progress *progress) {
    watch *watch = user;
    watch->seen++;
    watch->last = progress->action;
    CHECK(progress->text.len > 0 && progress->since_ms <= progress->at_ms);
    CHECK(progress->command.len > 0 || progress->unit == ASAF_ROLE_NONE);
    if (equals(progress->command, "failover reload-standby")) {
        CHECK(progress->unit == ASAF_ROLE_PRIMARY || progress->unit == ASAF_ROLE_SECONDARY);
    }
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

#endif
