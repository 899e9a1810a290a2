using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sidecar.Chat;
using Sidecar.Interactions;

namespace Sidecar.Mattermost;

/// <summary>
/// Answers what lists of forms ask while somebody types (DLG-1). Each form asks dozens of times, so this is the cheapest
/// request there is; it is counted apart from what people do, and what one process counts is enough.
/// </summary>
internal sealed partial class FormLookUps(
    IEnumerable<ICompletion> completions,
    ActMetrics acts,
    ILogger<FormLookUps> log
)
{
    /// <summary>How often at once: ten lists that ask after each of sixty changes.</summary>
    public const int Burst = 600;

    /// <summary>How often a second in the long run.</summary>
    public const int PerSecond = 60;

    /// <summary>What a list offers when its form is not taken any more: whoever chooses it is told so once more.</summary>
    public static ControlOption TooOld { get; } =
        new("This form is more than a day old: close it and open it again", "expired");

    private const string FieldThatAsks = "selected_field";
    private const string WhatIsTyped = "query";
    private const string Door = "lookup";

    private readonly FrozenDictionary<string, ICompletion> _completions =
        completions.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
    private readonly PersonalRateLimit _pace = new(burst: Burst, perSecond: PerSecond);

    /// <summary>What the list offers; nothing when anything is wrong with the question.</summary>
    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        SealedDialog dialog,
        DialogRequest request,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (_pace.TooFastHere(dialog.User, now) is not null)
        {
            acts.TooFast(Door);
            return [];
        }

        if (
            Text(request, FieldThatAsks) is not { Length: > 0 } sent
            || OpenDialog.Own(dialog.Step ?? 0, sent) is not { } name
            || dialog.Asked?.FirstOrDefault(f => f.Name == name)
                is not { Drawing: FieldDrawing.Offered, Offers: { } offers } field
        )
        {
            return [];
        }

        var typed = Text(request, WhatIsTyped) ?? "";
        if (typed.Length > OfferSource.LongestTyped)
        {
            return [];
        }

        var (source, among) = OfferSource.Read(offers);
        try
        {
            var found = _completions.TryGetValue(source, out var completion)
                ? await completion.Find(new OfferQuery(dialog.User, typed.Trim(), among), cancel)
                : [];
            return
            [
                .. field.Optional
                && NoneWord.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    ? (ControlOption[])[new ControlOption(FormShape.NothingOffered, NoneWord.Text)]
                    : [],
                .. found,
                .. AsTyped(field, typed, found),
            ];
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            acts.Failed(Door, problem);
            Log.Failed(log, dialog.Dialog, name, problem);
            return [];
        }
    }

    /// <summary>
    /// What was typed, where that can be an answer: said in the same words whether there is such a thing or not.
    /// </summary>
    private static IEnumerable<ControlOption> AsTyped(
        AskedField field,
        string typed,
        IReadOnlyList<ControlOption> found
    )
    {
        var bare = typed.Trim();
        if (
            bare.Length == 0
            || found.Any(o =>
                bare.Equals(o.Value, StringComparison.OrdinalIgnoreCase)
                || bare.Equals(o.Text, StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            return [];
        }

        if (field.Kind == FieldKind.Person)
        {
            var name = $"@{SentenceMarks.Bare(bare, '@').ToLowerInvariant()}";
            return Username().IsMatch(name) && found.All(o => o.Value != name)
                ? [new ControlOption(name, name)]
                : [];
        }

        return field.TakesTyped == true ? [new ControlOption($"“{bare}”, as typed", typed)] : [];
    }

    private static string? Text(DialogRequest request, string name) =>
        request.Submission is { } sent
        && sent.TryGetValue(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? SentText.Of(value).Replace("\0", "", StringComparison.Ordinal)
            : null;

    [GeneratedRegex(@"^@[a-z0-9][a-z0-9._-]{0,63}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Username();

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "What {Dialog} offers in {Field} could not be found out"
        )]
        public static partial void Failed(
            ILogger log,
            string dialog,
            string field,
            Exception problem
        );
    }
}
