using System.Globalization;
using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Whether people can be asked something now, as they let Mattermost show it.</summary>
internal sealed class ChatPresences(ChatRequests requests, ChatOptions options, TimeProvider clock)
{
    private const int AtOnce = 200;

    public async Task<IReadOnlyList<ChatPresence>> Of(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    )
    {
        List<ChatPresence> found = [];
        foreach (var some in people.Select(p => p.Value).Distinct().Chunk(AtOnce))
        {
            // Who has no account has a status all the same on some servers, and one id that can't be one spoils the
            // question about all: only those are asked about who are there.
            var users = (await Ask("users/ids", some, ChatWire.Json.IReadOnlyListWireUser, cancel))
                .Where(u => u.DeleteAt == 0)
                .DistinctBy(u => u.Id)
                .ToDictionary(u => u.Id, StringComparer.Ordinal);
            string[] there = [.. some.Where(users.ContainsKey)];
            var statuses = there is []
                ? []
                : await Ask(
                    "users/status/ids",
                    there,
                    ChatWire.Json.IReadOnlyListReadStatus,
                    cancel
                );
            var byUser = statuses.DistinctBy(s => s.UserId).ToDictionary(s => s.UserId);
            found.AddRange(there.Select(id => Of(users[id], byUser.GetValueOrDefault(id))));
        }

        return found;
    }

    private ChatPresence Of(WireUser user, ReadStatus? shown)
    {
        var status = shown?.Status switch
        {
            "online" => ChatStatus.Online,
            "away" => ChatStatus.Away,
            "dnd" => ChatStatus.DoNotDisturb,
            "ooo" => ChatStatus.OutOfOffice,
            _ => ChatStatus.Offline,
        };
        var now = clock.GetUtcNow();
        var (custom, ends) = Custom(user, now);
        var until =
            status == ChatStatus.DoNotDisturb ? Time(shown!.DndEndTime)
            : custom is null ? null
            : ends;
        return new ChatPresence(
            new UserId(user.Id),
            status,
            until > now ? until : null,
            custom?.Text ?? "",
            custom?.Emoji ?? ""
        );
    }

    private static DateTimeOffset? Time(long seconds) =>
        // As far as a time goes: people can send any number.
        seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static (ReadCustomStatus? Status, DateTimeOffset? Ends) Custom(
        WireUser user,
        DateTimeOffset now
    )
    {
        if (user.CustomStatus is not { Length: > 0 } written)
        {
            return (null, null);
        }

        ReadCustomStatus? custom;
        try
        {
            custom = JsonSerializer.Deserialize(written, ChatWire.Json.ReadCustomStatus);
        }
        catch (JsonException)
        {
            // People's own programs can write anything there.
            return (null, null);
        }

        // One that does not end has the first moment of the calendar in place of its end.
        DateTimeOffset? ends =
            DateTimeOffset.TryParse(
                custom?.ExpiresAt,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
            && time.Year > 1
                ? time
                : null;
        return ends <= now ? (null, null) : (custom, ends);
    }

    private Task<T> Ask<T>(
        string path,
        string[] ids,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> answer,
        CancellationToken cancel
    ) =>
        requests.Ask(
            options.ReadTimeout,
            (http, c) =>
                http.Send(
                    HttpMethod.Post,
                    "api/v4/" + path,
                    MattermostHttp.Json(ids, ChatWire.Json.IReadOnlyListString),
                    answer,
                    c
                ),
            cancel
        );
}
