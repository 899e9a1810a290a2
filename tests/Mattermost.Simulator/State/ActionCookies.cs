using System.Security.Cryptography;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Ephemeral posts are stored nowhere, so what is behind their buttons travels sealed with the client.</summary>
internal sealed class ActionCookies
{
    private readonly byte[] cookieKey = RandomNumberGenerator.GetBytes(32);

    public ActionTarget Open(string cookie, string postId)
    {
        try
        {
            var sealedBytes = Convert.FromBase64String(cookie);
            var plain = new byte[sealedBytes.Length - 28];
            using var aes = new AesGcm(cookieKey, 16);
            aes.Decrypt(
                sealedBytes.AsSpan(0, 12),
                sealedBytes.AsSpan(28),
                sealedBytes.AsSpan(12, 16),
                plain
            );
            var content = JsonSerializer.Deserialize<Cookie>(plain, Wire.Options)!;
            return content.PostId == postId ? content.Target : throw Actions.Failed();
        }
        catch (Exception broken)
            when (broken
                    is FormatException
                        or CryptographicException
                        or ArgumentException
                        or JsonException
                        or OverflowException
            )
        {
            throw Actions.Failed();
        }
    }

    /// <summary>Ephemeral posts are stored nowhere, so their integrations travel sealed with the client.</summary>
    public Post WithCookies(Post post)
    {
        if (!post.FullAttachments.Any(a => a.Actions is not null))
        {
            return post;
        }

        var withCookies = AttachmentRules.Change(
            post.FullAttachments,
            a => a.Integration is null ? a : a with { Cookie = Seal(post, a), Integration = null }
        );
        return post with { FullProps = AttachmentRules.Into(post.FullProps, withCookies) };
    }

    private string Seal(Post post, PostAction action)
    {
        var target = new ActionTarget(
            post.ChannelId,
            action.Type ?? "",
            action.DataSource ?? "",
            action.Integration!.Url ?? "",
            action.Integration.Context ?? Wire.EmptyObject,
            post.RootId,
            Wire.Element(Actions.Kept(post.FullProps))
        );
        var plain = Wire.Bytes(new Cookie(post.Id, target));
        var bytes = new byte[plain.Length + 28];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
        using var aes = new AesGcm(cookieKey, 16);
        aes.Encrypt(bytes.AsSpan(0, 12), plain, bytes.AsSpan(28), bytes.AsSpan(12, 16));
        return Convert.ToBase64String(bytes);
    }
}

/// <summary>What a click calls, and what is kept of the post it is on.</summary>
internal sealed record ActionTarget(
    string ChannelId,
    string Type,
    string DataSource,
    string Url,
    JsonElement Context,
    string RootPostId,
    JsonElement Props
);

internal sealed record Cookie(string PostId, ActionTarget Target);
