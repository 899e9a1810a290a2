using System.Buffers.Text;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Panel;

/// <summary>
/// Where a page of a list ended, as the panel carries it. It is a place and not an escalation: one that moves meanwhile
/// does not take the end of the page along. It is sealed, since the place says what the customer pays (ESC-5), and
/// places that somebody makes up would find it out.
/// </summary>
internal sealed class PanelCursor(ISeal seal)
{
    private const char Between = '.';

    /// <param name="list">In which list, so that it is of no use in another.</param>
    /// <param name="reader">Who goes on.</param>
    /// <param name="place">Where.</param>
    public string Write(string list, UserId reader, IndexPosition place) =>
        seal.Seal(
            Purpose(list),
            reader,
            $"{Base64Url.EncodeToString(place.Key.Bytes.Span)}{Between}{place.Id}"
        );

    /// <returns>Null when it is not such a place, of this list and for this reader.</returns>
    public IndexPosition? Read(string list, UserId reader, string text) =>
        seal.Open(Purpose(list), reader, text)?.Split(Between, 2) is [var key, var id]
            ? new IndexPosition(IndexKey.FromBytes(Base64Url.DecodeFromChars(key)), id)
            : null;

    private static string Purpose(string list) => $"panel.list.{list}";
}
