using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>The button is of a question that has been settled.</summary>
internal sealed record UpdateNotAsked(Escalation Escalation)
    : Refusal(
        (Escalation.Update, Escalation.LastUpdate) switch
        {
            ({ } due, _) => Markdown.Of(
                $"That is settled already: the next status update of {Escalation.Id} is due {Times.Due(due.DueAt, TimeZoneInfo.Utc)}."
            ),
            (null, { } last) => Markdown.Of(
                $"That is settled already: {last.By} posted status update {last.Number} of {Escalation.Id}, and no further one is due."
            ),
            _ => Markdown.Of($"No status update of {Escalation.Id} is due any more."),
        }
    );

/// <summary>There is no back-up, or it is who asks.</summary>
internal sealed record NobodyToHandOverTo(Escalation Escalation, UserId? BackUp)
    : Refusal(
        Markdown.Of(
            $"{Why(Escalation, BackUp)}, so {Escalation.Id} stays where it is. {EscalationWords.Command($"assign {Escalation.Id} @name")} gives it to somebody; {EscalationWords.Command("duty @name @name")} names a back-up."
        )
    )
{
    private static Markdown Why(Escalation escalation, UserId? backUp) =>
        backUp is not { } person ? Markdown.Of($"Nobody is named as back-up")
        : person == escalation.Owner ? Markdown.Of($"The back-up, {person}, owns it already")
        : Markdown.Of($"You are the back-up yourself");
}

/// <summary>The form was sent before, with other words.</summary>
internal sealed record UpdateSentAlready(EscalationId Id)
    : Refusal(
        Markdown.Of(
            $"This form was sent already, and its status update of {Id} is posted; what you changed since then was not saved. Open a new form for another update."
        )
    );
