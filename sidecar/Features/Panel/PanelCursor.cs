using System.Buffers.Text;
using System.Text;
using Sidecar.Storage;

namespace Sidecar.Features.Panel;

/// <summary>
/// Where a page of a list ended, as the panel carries it. It is a place and not an escalation: one that moves meanwhile
/// does not take the end of the page along.
/// </summary>
internal static class PanelCursor
{
    private const int Longest = 1000;

    public static string Write(IndexPosition place) =>
        $"{Base64Url.EncodeToString(place.Key.Bytes.Span)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place.Id))}";

    /// <returns>Null when it is no such text.</returns>
    public static IndexPosition? Read(string text) =>
        text.Length <= Longest
        && text.Split('.') is [var key, var id]
        && Base64Url.IsValid(key)
        && Base64Url.IsValid(id)
            ? new IndexPosition(
                IndexKey.FromBytes(Base64Url.DecodeFromChars(key)),
                Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id))
            )
            : null;
}
