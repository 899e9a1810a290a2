using System.Buffers.Text;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Api;

/// <summary>
/// Where a page ended, as clients carry it: a place and not a thing, so what moves meanwhile does not take the end of the
/// page along. It is sealed: the place may say what a customer pays (ESC-5).
/// </summary>
internal sealed class ApiCursor(ISeal seal)
{
    private const char Between = '.';

    public string? Write(string list, UserId reader, IndexPosition? place) =>
        place is { } at
            ? seal.Seal(
                Purpose(list),
                reader,
                $"{Base64Url.EncodeToString(at.Key.Bytes.Span)}{Between}{at.Id}"
            )
            : null;

    /// <summary>Reads it.</summary>
    /// <param name="list">In which list, so that it is of no use in another.</param>
    /// <param name="call">Who goes on, and with what.</param>
    /// <param name="after">Where the page begins; null at the beginning.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public ApiProblem? Read(string list, ApiCall call, out IndexPosition? after)
    {
        after = null;
        if (call[Paging.CursorName] is not { } text)
        {
            return null;
        }

        if (seal.Open(Purpose(list), call.User, text)?.Split(Between, 2) is not [var key, var id])
        {
            return ApiProblem.Invalid(
                Paging.CursorName,
                "This is not a place in this list: send it as you got it, with the same parameters."
            );
        }

        after = new IndexPosition(IndexKey.FromBytes(Base64Url.DecodeFromChars(key)), id);
        return null;
    }

    private static string Purpose(string list) => $"api.list.{list}";
}
