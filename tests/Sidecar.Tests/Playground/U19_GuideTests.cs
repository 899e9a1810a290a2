using System.Text.RegularExpressions;
using global::Playground;
using Mattermost.Simulator;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>The guide of the playground is walked: each line that it fills in does what the guide says it does.</summary>
public sealed partial class U19_GuideTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// What whoever walks it sees after each line, in order: a part of the answer, or of the form's title with “form:”
    /// before it.
    /// </summary>
    private static readonly (string Title, string Sees)[] Claims =
    [
        ("One under the ARR line", "redirected to Customer Support"),
        ("One out of scope", "form:New escalation"),
        ("One waiting for approval", "form:New escalation"),
        ("A Sev 1: its channel", "ESC-3"),
        ("A Sev 1: a status update", "form:"),
        ("A Sev 1: the fix is watched", "Monitoring"),
        ("A Sev 1: afterwards", "summary"),
        ("An assigned engineer: the request", "form:Request an engineer"),
        ("An assigned engineer: four weeks", "check-in"),
        ("An assigned engineer: not for everybody", "form:Request an engineer"),
        ("An implementation: the request", "form:"),
        ("An implementation: to the hand-off", "IMP-1"),
        ("Work that is agreed first", "form:"),
        ("What is mine?", "ESC-3"),
        ("One that nobody acknowledges", "Raised as ESC-"),
        ("One that waits for a fact", "waits for information"),
        ("Why is it there?", "impact"),
        ("Not everybody may", "ask decline ESC-2"),
        ("Mistype something", "/escalate assign ESC-2 @tam"),
        ("Begin a message with sev1!", ""),
        ("What happened?", "direct message"),
    ];

    [Fact]
    public async Task U19_Every_line_that_the_guide_fills_in_does_what_the_guide_says()
    {
        var data = Directory.CreateTempSubdirectory("guide-").FullName;
        await using var host = await PlaygroundHost.StartAsync(
            new PlaygroundOptions(PlaygroundSidecar.StartAsync, data),
            Cancel
        );
        var mattermost = host.Simulator;
        var steps = Steps().Where(s => s.Fill.Length > 0).ToList();
        steps.Select(s => s.Title).ShouldBe(Claims.Select(c => c.Title));

        // “An eligible one”: who comes second is told who was first.
        await AcknowledgesAsync(mattermost);
        (
            await mattermost.As("lead").Execute("escalations", "/escalate ack ESC-3")
        ).Text.ShouldContain("@engineer");

        var wrong = new List<string>();
        foreach (var (step, (title, sees)) in steps.Zip(Claims))
        {
            var seen = await Walk(mattermost, step);
            if (!seen.Contains(sees, StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add($"{title}: “{step.Fill}” as {step.As} shows “{seen}”");
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>What somebody reads who does what a step says.</summary>
    private static async Task<string> Walk(MattermostSimulator mattermost, GuideStep step)
    {
        var person = mattermost.As(step.As);
        if (!step.Fill.StartsWith('/'))
        {
            await person.Post(step.Channel, step.Fill);
            await mattermost.WaitForAsync(
                () =>
                    mattermost
                        .Posts(step.Channel)
                        .Any(p =>
                            p.Message.Contains("Sev 1", StringComparison.Ordinal)
                            && p.Message.Contains("Harbour", StringComparison.Ordinal)
                            && mattermost.Users.Any(u => u.Id == p.UserId && u.IsBot)
                        ),
                Cancel
            );
            return "";
        }

        var answer = await person.Execute(step.Channel, step.Fill);
        answer.Error.ShouldBeNull(step.Fill);
        if (person.OpenDialog is { } form)
        {
            await person.CancelDialog(form);
            return $"form:{form.Title}";
        }

        return answer.Text;
    }

    private static async Task AcknowledgesAsync(MattermostSimulator mattermost)
    {
        Post? card = null;
        await mattermost.WaitForAsync(
            () =>
                (
                    card = mattermost
                        .Posts("escalations")
                        .LastOrDefault(p =>
                            p.Message.Contains("ESC-3", StringComparison.Ordinal)
                            && p.Actions.Any(a => a.Name == "Acknowledge")
                        )
                )
                    is not null,
            Cancel
        );
        (await mattermost.As("engineer").Click(card!.Id, "Acknowledge")).Error.ShouldBeNull();
    }

    private static IEnumerable<GuideStep> Steps()
    {
        var script = File.ReadAllText(
            Path.Combine(Rules.Repository.Root, "tests", "Playground", "wwwroot", "js", "guide.js")
        );
        return Step()
            .Matches(script)
            .Select(m => new GuideStep(
                m.Groups["as"].Value,
                m.Groups["channel"].Value,
                m.Groups["fill"].Value.Replace("\\\"", "\"", StringComparison.Ordinal),
                m.Groups["title"].Value
            ));
    }

    [GeneratedRegex(
        """\{ as: "(?<as>\w+)", channel: "(?<channel>[\w-]+)",( fill: "(?<fill>(\\"|[^"])*)",)?( restart: true,)? title: "(?<title>[^"]+)", """,
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Step();

    private sealed record GuideStep(string As, string Channel, string Fill, string Title);
}
