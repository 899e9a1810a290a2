using Sidecar.Cards;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>The button is of a question that has been settled.</summary>
internal sealed record UpdateNotAsked(Escalation Escalation)
    : Refusal(
        (Escalation.Update, Escalation.LastUpdate) switch
        {
            ({ } due, _) => Words.Of(
                $"That is settled already: the next status update of {Escalation.Id} is due {Times.At(due.DueAt, TimeZoneInfo.Utc)}."
            ),
            (null, { } last) => Words.Of(
                $"That is settled already: {last.By} posted status update {last.Number} of {Escalation.Id}, and no further one is due."
            ),
            _ => Words.Of($"No status update of {Escalation.Id} is due any more."),
        }
    );

/// <summary>There is no back-up, or it is who asks.</summary>
internal sealed record NobodyToHandOverTo(Escalation Escalation, UserId? BackUp)
    : Refusal(
        Words.Of(
            $"{Why(Escalation, BackUp)}, so {Escalation.Id} stays where it is. {EscalationWords.Command($"assign {Escalation.Id} @user")} gives it to somebody; {EscalationWords.Command("duty @engineer @backup")} names a back-up."
        )
    )
{
    private static Words Why(Escalation escalation, UserId? backUp) =>
        backUp is not { } person ? Words.Of($"Nobody is named as back-up")
        : person == escalation.Owner ? Words.Of($"The back-up, {person}, owns it already")
        : Words.Of($"You are the back-up yourself");
}

/// <summary>The form was sent before, with other words.</summary>
internal sealed record UpdateSentAlready(EscalationId Id)
    : Refusal(
        Words.Of(
            $"This form was sent already, and its status update of {Id} is posted; what you changed since was not taken. Open a new form for another update."
        )
    );
