using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Mattermost.Simulator;

/// <summary>
/// Makes and checks trigger ids: signed, bound to a user, short-lived, and usable more than once while they live.
/// </summary>
internal sealed class Triggers(World world)
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Lock keyGate = new();
    private readonly ConcurrentDictionary<string, (string ChannelId, string TeamId)> places = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentQueue<string> oldestFirst = new();

    private TimeSpan Life =>
        world.Version.TriggersLiveAsLongAsRequests
            ? world.Config.Current.IntegrationTimeout
            : TimeSpan.FromSeconds(3);

    public (string ClientId, string Id) New(string userId, string channelId, string teamId)
    {
        var clientId = Ids.New();
        var data = $"{clientId}:{userId}:{world.Now.ToString(CultureInfo.InvariantCulture)}:";
        RememberPlace(clientId, channelId, teamId);
        return (
            clientId,
            Convert.ToBase64String(
                Encoding.UTF8.GetBytes(data + Convert.ToBase64String(Sign(data)))
            )
        );
    }

    /// <summary>Where the click or command was: a client submits a dialog from the channel it is looking at.</summary>
    public (string ChannelId, string TeamId)? PlaceOf(string clientId) =>
        places.TryGetValue(clientId, out var place) ? place : null;

    public (string ClientId, string UserId) Verify(string triggerId)
    {
        if (!TryDecode(triggerId, out var decoded))
        {
            throw Refuse.With("interactive_message.decode_trigger_id.base64_decode_failed", 400);
        }

        if (
            Encoding.UTF8.GetString(decoded).Split(':')
            is not [var clientId, var userId, var time, var signature]
        )
        {
            throw Refuse.With("interactive_message.decode_trigger_id.missing_data", 400);
        }

        _ = long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var made);
        if (world.Now - made > Life.TotalMilliseconds)
        {
            var seconds = ((int)Life.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            var unit = world.Version.TriggersLiveAsLongAsRequests ? "s" : " seconds";
            throw Refuse.With(
                "interactive_message.decode_trigger_id.expired",
                400,
                ("Life", seconds + unit)
            );
        }

        if (!TryDecode(signature, out var given))
        {
            throw Refuse.With(
                "interactive_message.decode_trigger_id.base64_decode_failed_signature",
                400
            );
        }

        if (!Signed($"{clientId}:{userId}:{time}:", given))
        {
            throw Refuse.With("interactive_message.decode_trigger_id.verify_signature_failed", 400);
        }

        return (clientId, userId);
    }

    private void RememberPlace(string clientId, string channelId, string teamId)
    {
        places[clientId] = (channelId, teamId);
        oldestFirst.Enqueue(clientId);
        if (oldestFirst.Count > world.Options.LogLength && oldestFirst.TryDequeue(out var oldest))
        {
            places.TryRemove(oldest, out _);
        }
    }

    private byte[] Sign(string data)
    {
        lock (keyGate)
        {
            return key.SignData(
                Encoding.UTF8.GetBytes(data),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
        }
    }

    private bool Signed(string data, byte[] signature)
    {
        lock (keyGate)
        {
            return key.VerifyData(
                Encoding.UTF8.GetBytes(data),
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
        }
    }

    private static bool TryDecode(string text, out byte[] decoded)
    {
        decoded = new byte[text.Length];
        var fits = Convert.TryFromBase64String(text, decoded, out var length);
        decoded = fits ? decoded[..length] : [];
        return fits;
    }
}
