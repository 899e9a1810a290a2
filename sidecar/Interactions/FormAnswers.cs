using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Interactions;

/// <summary>
/// What somebody answered in a form, whatever the age of their client: untouched means unchanged, and nothing is there
/// that was not asked.
/// </summary>
/// <param name="Values">By field name; a field left empty is missing.</param>
/// <param name="Asked">What was asked; null when a release that did not remember it opened the form.</param>
public sealed record FormAnswers(
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<AskedField>? Asked
)
{
    /// <summary>
    /// A digest of what a form stands upon, or of what one without fields says: whoever sends it agrees to that. Null when
    /// fields say what is meant, and of a form that a release before opened.
    /// </summary>
    public string? Confirmed { get; init; }

    /// <summary>
    /// What nobody touched and others changed while the form was open, with what they put there: it is taken as it is now,
    /// and where nobody would see that, it is said.
    /// </summary>
    public ImmutableArray<(string Field, string Now)> Renewed { get; init; } = [];

    /// <summary>What sending a form agrees to; null when only its fields say that.</summary>
    internal static string? WhatIsConfirmed(DialogForm form) =>
        !form.Premise.IsEmpty ? AskedField.Digest(form.Premise.Template)
        : form.Fields.IsDefaultOrEmpty ? AskedField.Digest(form.Introduction.Template)
        : null;

    /// <summary>What the form stands upon by now, under no field's name, when that is another; else nothing.</summary>
    internal IEnumerable<(string Field, string Now)> Unconfirmed(DialogForm now) =>
        Confirmed is { } read && WhatIsConfirmed(now) is { } says && says != read
            ? [(SubmissionReply.Whole, says)]
            : [];

    /// <summary>Reads what a client sent.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="sent">By field name: empty when the client says that it is empty, missing when it says nothing.</param>
    public static FormAnswers Read(
        IReadOnlyList<AskedField>? asked,
        IReadOnlyDictionary<string, string> sent
    )
    {
        var values = asked is null
            ? sent.Select(pair => (Name: pair.Key, pair.Value))
            : asked.Select(field => (field.Name, Value: Answer(field, sent)));
        return new FormAnswers(
            values
                .Where(v => v.Value.Length > 0)
                .ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
            asked
        );
    }

    /// <summary>
    /// The reply with every problem where the person sees it: what is said of a field that the form does not have is lost
    /// on today's clients, so it is said of the form as a whole.
    /// </summary>
    public SubmissionReply Placed(SubmissionReply reply)
    {
        if (reply is SubmissionReply.IsSoAlready)
        {
            return Asked?.Any(field => Changed(field.Name)) == false
                ? SubmissionReply.Keep(
                    "Nothing was changed. Change something, or leave the form with Cancel."
                )
                : SubmissionReply.Done(
                    Markdown.Of($"It is already as you sent it, so nothing was changed.")
                );
        }

        if (Asked is null || reply is not SubmissionReply.Marked marked)
        {
            return reply;
        }

        var asked = Asked.ToDictionary(field => field.Name, StringComparer.Ordinal);
        var lost = marked.Problems.Where(p => !asked.ContainsKey(p.Key)).Select(p => p.Value);
        var general = string.Join(
            ' ',
            lost.Prepend(marked.General ?? "")
                .Append(HasNewText ? FormShape.NoneAfterError : "")
                .Append(HasNewChoice ? FormShape.TickAfterError : "")
                .Append(HasOtherChoice ? FormShape.ChooseAgainAfterError : "")
                .Where(p => p.Length > 0)
        );
        return new SubmissionReply.Marked(
            marked
                .Problems.Where(p => asked.ContainsKey(p.Key))
                .ToImmutableDictionary(
                    p => p.Key,
                    p => FormShape.Fitting(asked[p.Key].Drawing ?? FieldDrawing.Plain, p.Value),
                    StringComparer.Ordinal
                )
        )
        {
            General = general.Length == 0 ? null : general,
        };
    }

    /// <summary>
    /// Texts that are needed, answered with a word for nothing, and what is said of each. What was filled in so is left
    /// alone, as everything that nobody touched (M1).
    /// </summary>
    internal IEnumerable<KeyValuePair<string, string>> Unsaid() =>
        (Asked ?? [])
            .Where(field =>
                field is { Optional: false, NoneIsAnswer: false, Drawing: null }
                && field.Kind is FieldKind.Text or FieldKind.LongText
                && NoneWord.IsInProse(Values.GetValueOrDefault(field.Name, ""))
                && Changed(field.Name)
            )
            .Select(field =>
                KeyValuePair.Create(
                    field.Name,
                    $"“{Values[field.Name].Trim()}” says nothing, and this has to be said: write it in a few words."
                )
            );

    /// <summary>Whether a field holds something else than what the form was opened with.</summary>
    public bool Changed(string field) =>
        Asked?.FirstOrDefault(f => f.Name == field) is not { } asked
        || !asked.IsPreset(Values.GetValueOrDefault(field, ""));

    /// <summary>
    /// The answers upon what is known now, when others may have changed it while the form was open (M1): what was not
    /// touched is as it is now, not as it was then.
    /// </summary>
    /// <param name="now">The same form, as it would be opened now.</param>
    /// <returns>
    /// The answers as if the form had been opened now, and those fields that were changed by both, with what others put
    /// there.
    /// </returns>
    public (FormAnswers Answers, ImmutableArray<(string Field, string Now)> Clashes) Upon(
        DialogForm now
    )
    {
        if (Asked is null)
        {
            return (this, []);
        }

        var values = new Dictionary<string, string>(Values, StringComparer.Ordinal);
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        var clashes = ImmutableArray.CreateBuilder<(string, string)>();
        var renewed = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var field in now.Fields)
        {
            var known = field.Preset ?? field.Default ?? "";
            if (
                Asked.FirstOrDefault(f => f.Name == field.Name) is not { } asked
                || asked.IsPreset(known)
            )
            {
                continue;
            }

            filled[field.Name] = known;
            if (!Changed(field.Name))
            {
                renewed.Add((field.Name, known));
                values.Remove(field.Name);
                if (known.Length > 0)
                {
                    values[field.Name] = known;
                }
            }
            else if (values.GetValueOrDefault(field.Name, "").Trim() != known.Trim())
            {
                clashes.Add((field.Name, known));
            }
        }

        var opened = Asked.Select(a => filled.TryGetValue(a.Name, out var it) ? a.Filled(it) : a);
        return (
            this with
            {
                Values = values,
                Asked = [.. opened],
                Renewed = renewed.ToImmutable(),
            },
            clashes.ToImmutable()
        );
    }

    /// <summary>Something was typed into a field that was empty and may be: below it nothing says how it is emptied.</summary>
    private bool HasNewText =>
        Asked!.Any(f =>
            f
                is { Optional: true, NoneIsAnswer: false, Drawing: null or FieldDrawing.Names }
                    and { Kind: FieldKind.Text or FieldKind.LongText or FieldKind.Number }
            && string.IsNullOrEmpty(f.Preset)
            && Values.ContainsKey(f.Name)
        );

    /// <summary>The same of somebody, a channel or a day: what is taken out of the list comes back, but for the tick.</summary>
    private bool HasNewChoice =>
        Asked!.Any(f =>
            f is { Optional: true, Drawing: not FieldDrawing.Names and not FieldDrawing.Offered }
            && (
                f.Kind is FieldKind.Person or FieldKind.People or FieldKind.Channel
                || f.Drawing is FieldDrawing.Calendar or FieldDrawing.Clock
            )
            && string.IsNullOrEmpty(f.Preset)
            && Values.ContainsKey(f.Name)
        );

    /// <summary>Another one was chosen in the place of who or what must be there.</summary>
    private bool HasOtherChoice =>
        Asked!.Any(f =>
            f
                is {
                    Optional: false,
                    Kind: FieldKind.Person or FieldKind.Channel,
                    Preset.Length: > 0,
                }
            && Changed(f.Name)
        );

    private static string Answer(AskedField field, IReadOnlyDictionary<string, string> sent)
    {
        if (field.IsSpared == true)
        {
            return field.Preset ?? "";
        }

        var typed = sent.GetValueOrDefault(field.Name);
        var isEmpty = typed is null || UnseenMarks.IsAll(typed);
        if (field.Drawing is { } drawing)
        {
            return Drawn(field, drawing, isEmpty ? "" : typed!, sent);
        }

        return field.Kind switch
        {
            FieldKind.Person or FieldKind.Channel => Chosen(field, typed, sent),
            // Clients leave it out when it is emptied: what was filled in is shown, and sent, by all of them.
            FieldKind.Text or FieldKind.LongText or FieldKind.Number => isEmpty ? ""
            : field.NoneIsAnswer && NoneWord.IsInProse(typed!) ? NoneWord.Text
            : field.Optional && NoneWord.IsInProse(typed!) ? ""
            : typed!,
            FieldKind.Choice when field.Optional => isEmpty || typed == NoneWord.Text ? "" : typed!,
            // Can't be emptied, so it is as it was.
            _ => isEmpty ? field.Preset ?? "" : typed!,
        };
    }

    /// <summary>
    /// What was drawn in other words than the feature's comes back in the feature's, as far as nobody touched it. Whatever
    /// is typed instead of chosen, as phones have it, is taken as it is.
    /// </summary>
    private static string Drawn(
        AskedField field,
        FieldDrawing drawing,
        string typed,
        IReadOnlyDictionary<string, string> sent
    )
    {
        var preset = field.Preset ?? "";
        if (
            field.Optional
            && sent.GetValueOrDefault(FormShape.NobodyOf(field.Name)) == FormShape.Yes
        )
        {
            return Nothing();
        }

        if (typed.Length == 0)
        {
            // A list of several people does not show who was chosen before; the others show what they are filled with.
            return drawing == FieldDrawing.Several
                ? sent.ContainsKey(field.Name) && field.Optional
                    ? ""
                    : preset
                : (field.Shown ?? preset).Length > 0 && field.Optional
                    ? ""
                    : preset;
        }

        return IsShown(field, drawing, typed) ? preset
            : field.Optional && SaysNothing(typed) ? Nothing()
            : typed;

        string Nothing() => field.NoneIsAnswer ? NoneWord.Text : "";

        bool SaysNothing(string text) =>
            field.Kind is FieldKind.Text or FieldKind.LongText
                ? NoneWord.IsInProse(text)
                : NoneWord.Is(text);
    }

    private static bool IsShown(AskedField field, FieldDrawing drawing, string typed) =>
        field.Shown is { Length: > 0 } shown
        && (
            typed.Trim() == shown
            || (
                drawing == FieldDrawing.Clock
                && TypedInstant.Read(typed) is { } instant
                && TypedInstant.Read(shown) == instant
            )
        );

    /// <summary>
    /// Today's clients neither show nor send who was chosen before, so that saying nothing means: as it was. Whoever wants
    /// nobody says so with the tick behind the list.
    /// </summary>
    private static string Chosen(
        AskedField field,
        string? typed,
        IReadOnlyDictionary<string, string> sent
    ) =>
        field.Optional && sent.GetValueOrDefault(FormShape.NobodyOf(field.Name)) == FormShape.Yes
            ? ""
        : typed is null || (UnseenMarks.IsAll(typed) && !field.Optional) ? field.Preset ?? ""
        : typed;
}
