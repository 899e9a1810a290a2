using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>
/// What happened to an escalation while somebody wrote about it (M1). The form says it once, with everything that would be
/// posted in place of what it shows, before anything is posted: who sends it again has read that.
/// </summary>
internal static class UpdateMeanwhile
{
    /// <summary>
    /// What it stands upon by now, when that is not what the form was opened upon; null when it is. Putting off the update
    /// is no such thing: a form says the same after it.
    /// </summary>
    public static string? Upon(UpdateState opened, Escalation now) =>
        opened.IsOvertaken(now) || opened.Seen != now.State || WasMadeAnother(opened, now)
            ? $"{now.LastUpdate?.Number ?? 0}/{now.State}/{now.Severity}"
            : null;

    /// <summary>Why it is not posted yet.</summary>
    /// <param name="form">As it was sent.</param>
    /// <param name="now">The escalation as it is now.</param>
    /// <param name="posted">What would be posted.</param>
    /// <param name="zone">Of whoever sent it.</param>
    public static OvertakenUpdate Refusal(
        Submission<UpdateState> form,
        Escalation now,
        StatusUpdate posted,
        TimeZoneInfo zone
    ) =>
        new(
            Upon(form.State, now)!,
            Markdown.Of(
                $"While this form was open, {Markdown.Listed([.. Happened(form, now)], "and")}.{Theirs(form, now, zone)}{Taken(form, now, posted, zone)} {Again(form)}"
            )
        );

    private static IEnumerable<Markdown> Happened(Submission<UpdateState> form, Escalation now)
    {
        if (form.State.IsOvertaken(now) && now.LastUpdate is { } theirs)
        {
            yield return Markdown.Of(
                $"{Who(theirs.By, form.Envelope.User)} posted status update {theirs.Number}"
            );
        }

        if (form.State.Seen != now.State)
        {
            yield return Markdown.Of(
                $"{now.Id} was brought to {Vocabulary.States.Label(now.State)}"
            );
        }

        if (WasMadeAnother(form.State, now))
        {
            yield return Markdown.Of(
                $"{now.Id} was made a {Vocabulary.Severities.Label(now.Severity)}"
            );
        }
    }

    /// <summary>What the update says that was posted meanwhile, as far as whoever sent the form may read it.</summary>
    private static Markdown Theirs(Submission<UpdateState> form, Escalation now, TimeZoneInfo zone)
    {
        if (!form.State.IsOvertaken(now) || now.LastUpdate is not { } theirs)
        {
            return Markdown.None;
        }

        List<Markdown> said =
        [
            Markdown.Of($"Status: {Vocabulary.States.Label(theirs.Status)}"),
            Markdown.Of($"Summary: {EscalationWords.Quoted(theirs.Summary)}"),
        ];
        if (theirs.CustomerImpact.Length > 0)
        {
            said.Add(
                Markdown.Of($"Customer impact: {EscalationWords.Quoted(theirs.CustomerImpact)}")
            );
        }

        if (theirs.Notes.Length > 0 && form.IsAsked(UpdateForm.Notes))
        {
            said.Add(Markdown.Of($"Technical notes: {EscalationWords.Quoted(theirs.Notes)}"));
        }

        said.Add(Next(theirs, zone));
        if (HasAnotherBeginning(form.State, now, zone))
        {
            said.Add(Began(now, zone));
        }

        return Markdown.Of($" It says: {Markdown.Lines(said).OnOneLine()}.");
    }

    /// <summary>What would not be posted as the form shows it, since nobody touched it there.</summary>
    private static Markdown Taken(
        Submission<UpdateState> form,
        Escalation now,
        StatusUpdate posted,
        TimeZoneInfo zone
    )
    {
        List<Markdown> taken = [];
        if (form.State.Seen != now.State && !form.Changed(UpdateForm.Status))
        {
            taken.Add(Markdown.Of($"Status: {Vocabulary.States.Label(posted.Status)}"));
        }

        foreach (
            var (field, label, text) in (ReadOnlySpan<(string, string, string)>)
                [
                    (UpdateForm.Summary, "Summary", posted.Summary),
                    (UpdateForm.Impact, "Customer impact", posted.CustomerImpact),
                    (UpdateForm.Notes, "Technical notes", posted.Notes),
                ]
        )
        {
            if (form.IsAsked(field) && !form.Changed(field) && text != form[field])
            {
                taken.Add(Markdown.Typed(label));
            }
        }

        if (posted.Status != EscalationState.Resolved && !form.Changed(UpdateForm.NextAt))
        {
            taken.Add(Next(posted, zone));
        }

        if (!form.Changed(UpdateForm.BeganAt) && HasAnotherBeginning(form.State, now, zone))
        {
            taken.Add(Began(now, zone));
        }

        return taken.Count == 0
            ? Markdown.None
            : Markdown.Of(
                $" What you left as it was is posted as it stands now: {Markdown.Lines(taken).OnOneLine()}."
            );
    }

    private static Markdown Next(StatusUpdate update, TimeZoneInfo zone) =>
        update.NextAt is { } at
            ? Markdown.Of($"Next update: {Times.Due(at, zone)}")
            : Markdown.Of($"No further update is planned");

    private static Markdown Began(Escalation now, TimeZoneInfo zone) =>
        Markdown.Of($"Incident began: {Times.At(now.Began, zone)}");

    private static bool HasAnotherBeginning(
        UpdateState opened,
        Escalation now,
        TimeZoneInfo zone
    ) => UpdateForm.Typed(now.Began, zone) != opened.Began;

    private static Markdown Again(Submission<UpdateState> form) =>
        form.State.Typed is null && form.Answers.Asked?.Any(f => form.Changed(f.Name)) == false
            ? Markdown.Of(
                $"You wrote nothing of your own: sent again, it is posted in your name all the same."
            )
            : Markdown.Of($"Send the form again to post yours.");

    private static Markdown Who(UserId by, UserId reader) =>
        by == reader ? Markdown.Of($"you") : Markdown.Of($"{by}");

    /// <summary>Unknown of a form that an earlier release opened.</summary>
    private static bool WasMadeAnother(UpdateState opened, Escalation now) =>
        opened.Severity is { } seen && seen != now.Severity;

    private static bool IsAsked(this Submission<UpdateState> form, string field) =>
        form.Answers.Asked?.Any(f => f.Name == field) == true;
}

/// <summary>Others went on while the form was open, and whoever sent it has not read that yet.</summary>
/// <param name="Upon">What they are shown, noted so that they are shown it once.</param>
/// <param name="Why">What the form says.</param>
internal sealed record OvertakenUpdate(string Upon, Markdown Why) : Refusal(Why);
