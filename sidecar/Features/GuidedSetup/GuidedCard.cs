using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Customers.Domain;
using Sidecar.Text;

namespace Sidecar.Features.GuidedSetup;

/// <summary>The list of steps as the administrator sees it, each with the button that does it.</summary>
internal static class GuidedCard
{
    /// <summary>Above the card: what works without any of it.</summary>
    public static Markdown Above { get; } =
        Markdown.Of(
            $":compass: **Setting up escalations.** Anybody who is not a guest can already raise, find and follow escalations, and a Sev 1 gets a channel of its own. Each button below does one step; nothing has to be typed as a command."
        );

    /// <summary>The same, to who has just installed it and has not asked.</summary>
    public static Markdown AfterInstall { get; } =
        Markdown.Of(
            $":compass: **Escalate is installed, and {Markdown.Code($"/{SlashCommand.Trigger}")} works.** Anybody who is not a guest can already raise, find and follow escalations, and a Sev 1 gets a channel of its own. What is left is below: each button does one step, nothing has to be typed as a command, and {Markdown.Code($"/{SlashCommand.Trigger} setup")} shows this list at any time."
        );

    public static Card Of(GuidedFacts facts)
    {
        var steps = GuidedSteps.Of(facts);
        var done = steps.Where(s => s.IsDone).ToList();
        var lacking = done.Where(s => !s.Lacks.IsEmpty).ToList();
        var isDone = done.Count == steps.Length;
        return new Card(
            !isDone ? Markdown.Of($"Set-up: {done.Count} of {steps.Length} steps done")
                : lacking.Count > 0 ? Markdown.Of($"Every step is done; something is still missing")
                : Markdown.Of($"Everything is set up"),
            isDone && lacking.Count == 0 ? Tone.Success : Tone.Notice
        )
        {
            // Clients fold a long text after some lines: what is to be done must stand before that.
            Text = Markdown.Lines([
                .. steps.Where(s => !s.IsDone).Select(Missing),
                .. lacking.Select(Lacking),
                .. done.Count > 0 ? (Markdown[])[Done(done)] : [],
                GuidedSteps.Hours(facts),
            ]),
            Controls = Controls(facts),
        };
    }

    /// <summary>Nothing of it would look another way.</summary>
    public static bool IsSame(Card one, Card other) =>
        (one.Title, one.Tone, one.Text) == (other.Title, other.Tone, other.Text)
        && one.Controls.Select(Plain).SequenceEqual(other.Controls.Select(Plain));

    private static (string, string, string) Plain(CardControl control) =>
        (control.Action, control.Label, control.Payload);

    private static Markdown Missing(GuidedStep step) =>
        Markdown.Of($":white_large_square: **{step.Title}**: {step.Says}");

    private static Markdown Lacking(GuidedStep step) =>
        Markdown.Of($":warning: **{step.Title}**: {step.Lacks}");

    private static Markdown Done(IEnumerable<GuidedStep> done) =>
        Markdown.Of(
            $":white_check_mark: {GuidedSteps.Sentences([.. done.Select(s => Markdown.Of($"**{s.Title}**: {s.Says}"))])}"
        );

    private static ImmutableArray<CardControl> Controls(GuidedFacts facts)
    {
        List<CardControl> controls =
        [
            Button(GuidedPress.Roles),
            Button(GuidedPress.Channel),
            Button(GuidedPress.Duty),
            Button(GuidedPress.Customer),
            Button(GuidedPress.Template),
            Button(GuidedPress.Meeting),
            Button(GuidedPress.Engineer),
        ];
        if (GuidedSteps.Planned(facts) is { } assignment)
        {
            controls.Add(
                PlanCheckIn.Key.Button("Move the check-in", new CheckInPlanRef(assignment.Id))
            );
        }

        controls.Add(Button(GuidedPress.Escalation));
        controls.Add(
            facts.Test is { } test
                ? PressStep.Key.Button(
                    $"Cancel the test {test}",
                    new GuidedRef(GuidedPress.EndTest)
                )
                : TestSev1.Key.Button("Test Sev 1", new GuidedTestRef())
        );
        controls.Add(Button(GuidedPress.Look));
        return [.. controls];
    }

    /// <summary>What the button of a step says.</summary>
    public static string Label(GuidedPress press) =>
        press switch
        {
            GuidedPress.Roles => "Give roles",
            GuidedPress.Channel => "Choose a channel",
            GuidedPress.Duty => "Who is on duty",
            GuidedPress.Customer => "Add a customer",
            GuidedPress.Template => "Customers by CSV",
            GuidedPress.Engineer => "Assign an engineer",
            GuidedPress.Meeting => "Weekly meeting",
            GuidedPress.Escalation => "Raise an escalation",
            _ => "Look again",
        };

    private static CardControl Button(GuidedPress press) =>
        PressStep.Key.Button(Label(press), new GuidedRef(press));
}
