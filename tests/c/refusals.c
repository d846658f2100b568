/* What stands against a plan: each wrong input gets its code and its text. */
#include "check.h"

/* Plans, and expects to be refused with this finding. */
static void refused(asaf_captures *captures, asaf_goal *goal, asaf_role role, const char *id,
                    const char *part) {
    asaf_pair *pair;
    asaf_plan *plan;
    asaf_findings *findings;
    asaf_finding finding;
    asaf_error *error;
    size_t count;
    bool found = false;
    OK(asaf_pair_new(captures, &pair, NULL));
    STATUS(ASAF_STATUS_REFUSED, asaf_plan_new(pair, goal, NULL, NULL, &plan, &findings, &error));
    CHECK(plan == NULL);
    CONTAINS(message(error), "no plan:");
    CONTAINS(message(error), part);
    OK(asaf_findings_count(findings, &count));
    for (size_t at = 0; at < count; at++) {
        OK(asaf_findings_get(findings, at, &finding));
        if (finding.severity == ASAF_SEVERITY_BLOCK && finding.role == role && equals(finding.id, id)) {
            CONTAINS(finding.text, part);
            found = true;
        }
    }
    if (!found) {
        FAIL("expected a finding %s in: %.*s", id, (int)message(error).len, message(error).data);
    }
    OK(asaf_error_free(error));
    OK(asaf_findings_free(findings));
    OK(asaf_pair_free(pair));
    OK(asaf_captures_free(captures));
    OK(asaf_goal_free(goal));
}

/* The captures of a pair with one part of one output replaced. */
static asaf_captures *with(asaf_captures *captures, const char *folder, uint32_t role, const char *name,
                           const char *command, const char *from, const char *to) {
    char *text = capture(folder, role, name);
    char *changed = replaced(text, from, to);
    OK(asaf_captures_add(captures, role, str(command), str(changed), NULL));
    free(changed);
    free(text);
    return captures;
}

static asaf_goal *goal(void) { return goal_of(TARGET, IMAGE, IMAGE_SHA512); }

/* The line of the image in `dir`. */
#define LISTED "99     -rwx  91179008     10:00:00 Apr 20 2024  asa984-48-smp-k8.bin\n"

static void images(const char *folder) {
    static const char ones[] = "11111111111111111111111111111111111111111111111111111111111111111"
                               "111111111111111111111111111111111111111111111111111111111111111";
    refused(captures_of(folder), goal_of(TARGET, "disk0:/asa984-48-lfbff-k8.SPA", IMAGE_SHA512),
            ASAF_ROLE_NONE, "image.platform", "the ASA 5525-X boots asa...-smp-k8.bin");
    refused(with(captures_of(folder), folder, ASAF_ROLE_SECONDARY, "dir", "dir",
                 LISTED, ""),
            goal(), ASAF_ROLE_SECONDARY, "image.absent",
            "disk0:/asa984-48-smp-k8.bin is not on flash");
    asaf_captures *captures = captures_of(folder);
    char *digest = capture(folder, ASAF_ROLE_PRIMARY, "verify-asa984-48-smp-k8.bin");
    OK(asaf_captures_add(captures, ASAF_ROLE_PRIMARY, str("verify /sha-512 " IMAGE), str(digest), NULL));
    free(digest);
    refused(captures, goal_of(TARGET, IMAGE, ones), ASAF_ROLE_PRIMARY, "image.digest",
            "the published image has 1111");
}

static void flash(const char *folder) {
    asaf_captures *captures = captures_of(folder);
    char *text = capture(folder, ASAF_ROLE_SECONDARY, "dir");
    char *lacking = replaced(text, LISTED, "");
    char *full = replaced(lacking, "7650305704 bytes free/97% free", "4096 bytes free/0% free");
    OK(asaf_captures_add(captures, ASAF_ROLE_SECONDARY, str("dir"), str(full), NULL));
    free(full);
    free(lacking);
    free(text);
    asaf_goal *fetched;
    OK(asaf_goal_new(version(TARGET), &fetched, NULL));
    asaf_image image = image_of(IMAGE, IMAGE_SHA512);
    image.from = str("tftp://198.51.100.10/asa984-48-smp-k8.bin");
    OK(asaf_goal_add_image(fetched, &image, NULL));
    refused(captures, fetched, ASAF_ROLE_SECONDARY, "flash.full",
            "4096 bytes are free, 100296908 are needed to fetch disk0:/asa984-48-smp-k8.bin; make room");
}

static void failover(const char *folder) {
    asaf_captures *captures = captures_of(folder);
    for (uint32_t role = ASAF_ROLE_PRIMARY; role <= ASAF_ROLE_SECONDARY; role++) {
        with(captures, folder, role, "show-failover", "show failover", "Failover On \n", "Failover Off \n");
    }
    refused(captures, goal(), ASAF_ROLE_PRIMARY, "failover.off", "failover is off; nothing would take over");
    captures = with(captures_of(folder), folder, ASAF_ROLE_PRIMARY, "show-failover", "show failover",
                    "Other host: Secondary - Standby Ready", "Other host: Secondary - Failed");
    with(captures, folder, ASAF_ROLE_SECONDARY, "show-failover", "show failover",
         "This host: Secondary - Standby Ready", "This host: Secondary - Failed");
    refused(captures, goal(), ASAF_ROLE_NONE, "failover.standing",
            "Primary is Active and Secondary is Failed for the pair, expected one Active and one Standby Ready");
}

static void target(const char *folder) {
    refused(captures_of(folder), goal_of("9.8(4)", "disk0:/asa984-smp-k8.bin", IMAGE_SHA512),
            ASAF_ROLE_NONE, "target.same", "both units run 9.8(4) already; there is nothing to do");
    refused(captures_of(folder), goal_of("11.3(1)", "disk0:/asa11-3-1-smp-k8.bin", IMAGE_SHA512),
            ASAF_ROLE_NONE, "version.verdict", "9.8(4) to 11.3(1)");
}

int main(int argc, char **argv) {
    CHECK(argc > 1);
    images(argv[1]);
    flash(argv[1]);
    failover(argv[1]);
    target(argv[1]);
    return done("refusals");
}
