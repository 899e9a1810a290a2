using Sidecar.Ids;

namespace Sidecar.Chat;

/// <summary>Whose names must be known before a card can be drawn.</summary>
internal static class CardMentions
{
    public static IEnumerable<UserId> Mentioned(this Card card) =>
        card
            .Fields.Select(f => f.Value)
            .Concat([card.Title, card.Text, card.Footer])
            .SelectMany(w => w.Mentioned());
}
