using Shouldly;
using Sidecar.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Setup;
using Xunit;

namespace Sidecar.Tests.Features.Playbooks;

/// <summary>Playbooks as people see them, and as administrators bring them in (PB-2).</summary>
public sealed class PlaybookJourneyTests
{
    private const string Ours = """
        { "name": "Our | migration", "severities": ["sev2"], "categories": ["migration"],
          "stages": [{ "title": "Before", "tasks": ["Back up"] }] }
        """;

    [Fact]
    public async Task PB_2_The_list_says_what_there_is_and_what_starts_by_itself()
    {
        await using var desk = await Desk.Open();
        var list = (await desk.Types("tam", "/escalate playbook list")).Text;
        list.ShouldContain("| Sev 1 outage | `sev1` | Sev 1 | 8 | 41 | the product |");
        list.ShouldContain("/escalate playbook show sev1");
    }

    [Fact]
    public async Task PB_2_One_is_shown_with_replies_deadlines_and_what_checks_itself()
    {
        await using var desk = await Desk.Open();
        var shown = (await desk.Types("tam", "/escalate playbook show SEV1")).Text;
        shown.ShouldContain("**8 Retrospective**");
        shown.ShouldContain("- 1.4 :speech_balloon: Reply to the customer");
        shown.ShouldContain(":alarm_clock: due 1 working day after the resolution");
        shown.ShouldContain("checks itself: when the fix has held");

        (await desk.Types("tam", "/escalate playbook show sev")).Text.ShouldContain(
            "There is no playbook “sev”. Did you mean `sev1`?"
        );
    }

    [Fact]
    public async Task PB_2_A_teams_own_is_read_at_the_start_and_a_wrong_one_keeps_it_from_starting()
    {
        await using var desk = await Desk.Open(settings: "{}");
        await desk.StopSidecar();
        await Write(desk.DataDirectory, "ours.json", "{\n\"name\": \"x\" }");
        var problem = (await Should.ThrowAsync<SetupException>(desk.StartSidecar)).Problem;
        problem.ShouldContain("playbooks/ours.json, line 1: the playbook has no “stages”");
        problem.ShouldNotContain("settings.json can't be used");

        await desk.Sets("""{ "playbooks": { "remindBefore": "soon" } }""");
        var both = (await Should.ThrowAsync<SetupException>(desk.StartSidecar)).Problem;
        both.ShouldContain("playbooks.remindBefore: found \"soon\"");
        both.ShouldContain("playbooks/ours.json, line 1");

        await desk.Sets("{}");
        await Write(desk.DataDirectory, "ours.json", Ours);
        await desk.StartSidecar();
        (await desk.Types("tam", "/escalate playbook list")).Text.ShouldContain(
            "| `ours` | Sev 2 for Complex data migration | 1 | 1 | your team |"
        );
    }

    [Fact]
    public async Task PB_2_The_settings_verb_and_the_doctor_name_what_is_wrong()
    {
        await using var bench = await SetupBench.Open();
        await Write(bench.Data, "ours.json", "{\n\"nmae\": \"x\" }");

        (await bench.Run("settings", "--data", bench.Data)).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain(
            "playbooks/ours.json, line 2: there is no key “nmae” here; did you mean name?"
        );

        (await bench.Run("doctor", "--data", bench.Data)).ShouldBe(ExitCode.Failed);
        bench.Output.ShouldContain("playbooks/ours.json, line 2");
    }

    private static async Task Write(string data, string name, string content)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "playbooks"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, name),
            content,
            TestContext.Current.CancellationToken
        );
    }
}
