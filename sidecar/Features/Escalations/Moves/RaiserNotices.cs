using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

/// <summary>
/// Whoever raised an escalation hears by direct message what came of it, each outcome once, whether they follow the
/// thread of its card or not; never of what they did themselves.
/// </summary>
internal sealed class RaiserNotices : IEscalationPart
{
    public IEnumerable<Effect> Effects(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    )
    {
        // Who resolves what nobody had acknowledged does both in one: then the end is what counts.
        if (
            after.IsRaiserListening
            && facts.LastOrDefault(f => Mark(f) is not null) is { } outcome
            && outcome.By != after.Reporter
        )
        {
            yield return new Effect.TellPerson(
                after.Reporter,
                Markdown.Lines([
                    Markdown.Of(
                        $"{Mark(outcome)!} **{after.Id}** {after.CustomerName}, which you raised: {outcome.Sentence}"
                    ),
                    Markdown.Of(
                        $"{EscalationWords.Command($"show {after.Id}")} shows it; {EscalationWords.Command($"unfollow {after.Id}")} ends these messages."
                    ),
                ])
            )
            {
                About = after.Id.ToString(),
            };
        }
    }

    private static Markdown? Mark(EscalationFact fact) =>
        fact switch
        {
            EscalationFact.Acknowledged => Markdown.Of($":eyes:"),
            EscalationFact.Resolved => Markdown.Of($":white_check_mark:"),
            EscalationFact.Declined or EscalationFact.EscalationCancelled => Markdown.Of(
                $":no_entry_sign:"
            ),
            EscalationFact.MergedInto or EscalationFact.HandedOver or EscalationFact.WentOnAs =>
                Markdown.Of($":arrow_right:"),
            _ => null,
        };
}
