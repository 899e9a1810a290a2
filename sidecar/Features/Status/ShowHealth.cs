using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Status;

/// <summary><c>/escalate doctor</c>: what is wrong with the installation, what that means, and what to do.</summary>
internal sealed class ShowHealth(CheckUp checkUp) : ISlashCommand
{
    /// <summary>What fits into one message, whatever is wrong; a terminal shows all of it.</summary>
    private const int Shown = 20;
    private const int LongestSentence = 400;

    public static Permission Permission { get; } =
        new("see whether all is well with the product", Role.Administrator) { IsAskedNow = true };

    public static CommandSpec Spec { get; } =
        new("doctor", "Check whether all is well, and say how to fix what is not")
        {
            Examples = ["doctor"],
            Details =
                "It looks at the store, the disk, the settings, the way to Mattermost and back, and what waits to be delivered. It takes a few seconds and changes nothing; only you see the answer. Settings of Mattermost are looked at by `doctor` at the sidecar’s terminal, which takes an administrator’s token.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var found = await checkUp.Look(cancel);
        return Reply.Say(
            Markdown.Lines([
                Summary(found),
                .. found.Symptoms.Take(Shown).Select(Line),
                .. More(found),
                .. NotLookedAt(found),
            ])
        );
    }

    private static Markdown Summary(CheckedHealth found)
    {
        var failures = found.Symptoms.Count(s => s.IsFailure);
        var warnings = found.Symptoms.Length - failures;
        return (failures, warnings) switch
        {
            (0, 0) => Markdown.Of(
                $":white_check_mark: All is well: {found.Well} things were checked."
            ),
            (0, _) => Markdown.Of(
                $":warning: It works, but {Count(warnings, "thing needs", "things need")} a look; {found.Well} are as they should be."
            ),
            _ => Markdown.Of(
                $":rotating_light: {Count(failures, "thing does", "things do")} not work, {warnings} more to look at; {found.Well} are as they should be."
            ),
        };
    }

    private static string Count(int number, string one, string several) =>
        $"{number} {(number == 1 ? one : several)}";

    private static Markdown Line(Symptom symptom) =>
        Markdown.Of(
            $"- {Mark(symptom)} **{symptom.What}**: {Short(symptom.Says)}{(symptom.Remedy is { } remedy ? Markdown.Of($" → *What to do:* {Short(remedy)}") : Markdown.None)}"
        );

    private static Markdown Mark(Symptom symptom) =>
        symptom.IsFailure ? Markdown.Of($":red_circle:") : Markdown.Of($":large_yellow_circle:");

    private static Markdown Short(string sentence) =>
        Markdown.Sentence(
            sentence.Length <= LongestSentence ? sentence : sentence[..LongestSentence] + "…"
        );

    private static IEnumerable<Markdown> More(CheckedHealth found) =>
        found.Symptoms.Length > Shown
            ? [Markdown.Of($"- and {found.Symptoms.Length - Shown} more")]
            : [];

    private static IEnumerable<Markdown> NotLookedAt(CheckedHealth found) =>
        found.NotLookedAt.IsEmpty
            ? []
            : [Markdown.Of($"Not checked: {string.Join("; ", found.NotLookedAt)}.")];
}
