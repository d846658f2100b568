/* Plans: steps, renderings, and the way back from JSON. */
#include "check.h"

static void steps(const asaf_plan *plan) {
    asaf_step step;
    size_t count;
    bool reloads = false, switches = false;
    OK(asaf_plan_step_count(plan, &count));
    CHECK(count > 10);
    for (size_t at = 0; at < count; at++) {
        OK(asaf_plan_step(plan, at, &step));
        CHECK(step.number == at + 1 && step.typical_s <= step.worst_s);
        if (equals(step.command, "failover reload-standby")) {
            reloads = true;
            CHECK(step.phase == ASAF_PHASE_RELOAD && step.changes);
        }
        if (equals(step.command, "no failover active")) {
            CHECK(reloads && step.phase == ASAF_PHASE_SWITCH && step.role != ASAF_ROLE_NONE);
            /* The first one belongs to the hop, a second one brings the roles home. */
            const char *hop = switches ? "0.0(0)" : TARGET;
            CHECK(asaf_version_compare(step.hop, version(hop)) == 0);
            switches = true;
        }
    }
    CHECK(reloads && switches);
    STATUS(ASAF_STATUS_ABSENT, asaf_plan_step(plan, count, &step));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_step(plan, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_step_count(NULL, &count));
}

static void renderings(const asaf_plan *plan) {
    asaf_str text, id, other;
    asaf_plan *again;
    OK(asaf_plan_id(plan, &id));
    CHECK(id.len == 64);
    OK(asaf_plan_markdown(plan, &text));
    CONTAINS(text, "# Upgrade of fw to 9.8(4)48");
    OK(asaf_plan_json(plan, &text));
    OK(asaf_plan_from_json(text, NULL, &again, NULL));
    OK(asaf_plan_id(again, &other));
    CHECK(other.len == id.len && memcmp(other.data, id.data, id.len) == 0);
    OK(asaf_plan_free(again));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_from_json(text, NULL, NULL, NULL));

    /* Facts that were edited behind the plan's back. */
    char *json = malloc(text.len + 1);
    CHECK(json != NULL);
    memcpy(json, text.data, text.len);
    json[text.len] = '\0';
    char *edited = replaced(json, "\"soak_s\": 120", "\"soak_s\": 1");
    REFUSED(ASAF_STATUS_BAD_PLAN, "the facts, goal, policy or planner changed; review the new plan",
            asaf_plan_from_json(str(edited), NULL, &again, &error));
    CHECK(again == NULL);
    free(edited);
    free(json);
    REFUSED(ASAF_STATUS_BAD_PLAN, "expected a plan of schema 1, found none",
            asaf_plan_from_json(str("{}"), NULL, &again, &error));
    REFUSED(ASAF_STATUS_BAD_PLAN, "expected a plan as JSON",
            asaf_plan_from_json(str(""), NULL, &again, &error));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_id(plan, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_json(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_markdown(plan, NULL));
}

static void findings(const char *folder) {
    asaf_captures *captures = captures_of(folder);
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    asaf_pair *pair;
    asaf_findings *found;
    asaf_finding finding;
    asaf_str text;
    size_t count;
    OK(asaf_pair_new(captures, &pair, NULL));
    OK(asaf_goal_accept(goal, str("nobody.asked"), NULL));
    OK(asaf_check(pair, goal, NULL, NULL, &found, NULL));
    OK(asaf_findings_count(found, &count));
    CHECK(count > 0);
    OK(asaf_findings_get(found, count - 1, &finding));
    CHECK(finding.severity == ASAF_SEVERITY_WARN && finding.role == ASAF_ROLE_NONE && !finding.acceptable);
    EQUALS(finding.id, "goal.accepted");
    CONTAINS(finding.text, "nobody.asked is accepted but was not found");
    CHECK(finding.command.len == 0);
    OK(asaf_findings_text(found, &text));
    CONTAINS(text, "warn  goal.accepted: nobody.asked");
    OK(asaf_findings_json(found, &text));
    CONTAINS(text, "\"id\":\"goal.accepted\"");
    STATUS(ASAF_STATUS_ABSENT, asaf_findings_get(found, count, &finding));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_findings_get(found, 0, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_findings_count(NULL, &count));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_findings_text(found, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_findings_json(NULL, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_check(pair, goal, NULL, NULL, NULL, NULL));
    OK(asaf_findings_free(found));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_findings_text(found, &text));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_check(NULL, goal, NULL, NULL, &found, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_check(pair, NULL, NULL, NULL, &found, NULL));
    CHECK(found == NULL);

    asaf_plan *plan;
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_new(pair, goal, NULL, NULL, NULL, NULL, NULL));
    STATUS(ASAF_STATUS_NULL_ARGUMENT, asaf_plan_new(NULL, goal, NULL, NULL, &plan, &found, NULL));
    CHECK(plan == NULL && found == NULL);
    STATUS(ASAF_STATUS_BAD_HANDLE,
           asaf_plan_new(pair, goal, NULL, (asaf_policy *)(void *)goal, &plan, &found, NULL));
    OK(asaf_pair_free(pair));
    OK(asaf_captures_free(captures));
    OK(asaf_goal_free(goal));
}

/* A site's own rows go into checks and plans like those compiled in, and a plan names its tables. */
static void site(const char *folder) {
    asaf_captures *captures = captures_of(folder);
    asaf_goal *goal = goal_of(TARGET, IMAGE, IMAGE_SHA512);
    asaf_compat *forbidding, *knowing;
    asaf_findings *found;
    asaf_plan *plan, *again;
    asaf_pair *pair;
    asaf_str text;
    OK(asaf_pair_new(captures, &pair, NULL));
    OK(asaf_compat_overlaid(NULL, str("site.csv"),
                            str("action,versions,models,text\nforbid," TARGET ",,lab\n"), &forbidding, NULL));
    OK(asaf_compat_overlaid(NULL, str("site.csv"),
                            str("action,versions,models,text\nrelease,9.8(4)99,,\n"), &knowing, NULL));

    OK(asaf_check(pair, goal, forbidding, NULL, &found, NULL));
    OK(asaf_findings_text(found, &text));
    CONTAINS(text, "this site forbids " TARGET ": lab");
    OK(asaf_findings_free(found));
    REFUSED(ASAF_STATUS_REFUSED, "this site forbids " TARGET ": lab",
            asaf_plan_new(pair, goal, forbidding, NULL, &plan, NULL, &error));

    OK(asaf_plan_new(pair, goal, knowing, NULL, &plan, NULL, NULL));
    OK(asaf_plan_json(plan, &text));
    OK(asaf_plan_from_json(text, knowing, &again, NULL));
    OK(asaf_plan_free(again));
    REFUSED(ASAF_STATUS_BAD_PLAN, "compatibility tables", asaf_plan_from_json(text, NULL, &again, &error));
    REFUSED(ASAF_STATUS_REFUSED, "this site forbids", asaf_plan_from_json(text, forbidding, &again, &error));
    OK(asaf_compat_free(forbidding));
    OK(asaf_compat_free(knowing));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_check(pair, goal, knowing, NULL, &found, NULL));
    STATUS(ASAF_STATUS_BAD_HANDLE, asaf_plan_from_json(text, knowing, &again, NULL));
    OK(asaf_plan_free(plan));
    OK(asaf_pair_free(pair));
    OK(asaf_captures_free(captures));
    OK(asaf_goal_free(goal));
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    asaf_plan *plan = plan_of(captures_of(argv[1]), goal_of(TARGET, IMAGE, IMAGE_SHA512));
    steps(plan);
    renderings(plan);
    OK(asaf_plan_free(plan));
    findings(argv[1]);
    site(argv[1]);
    return done("plans");
}
