using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Rpc;
using Sidecar.Text;

namespace Sidecar.Hosting.Plugin;

/// <summary>The bot and its access token, made by the plugin itself.</summary>
internal sealed class PluginBot(PluginApi api)
{
    public const string Name = "escalate";
    private const string Shown = "Escalate";
    private const string About = "Posts escalations and reminds of what is due.";
    private const string TokenKey = "bot_token";
    private const string Label = "Escalate plugin";

    /// <summary>The bot's account.</summary>
    /// <exception cref="PluginRefusal">Its name is a person's.</exception>
    public async Task<UserId> Ensure(CancellationToken cancel)
    {
        var found = await api.GetUserByUsername(Name, cancel);
        if (found is { IsBot: false })
        {
            throw new PluginRefusal(
                $"@{Name} is a person's account, so the bot can't have that name. Rename the account in System Console > Users, then enable the plugin again."
            );
        }

        try
        {
            return new UserId(await api.EnsureBotUser(Name, Shown, About, cancel));
        }
        catch (RpcException unknown) when (unknown.IsNoMethod)
        {
            // Servers before 7.0 do not know it.
            return new UserId(found is { } there ? there.Id : await Create(cancel));
        }
        catch (PluginApiException) when (found is { } there)
        {
            // A set-up beside Mattermost made it once: it stays the same bot.
            return new UserId(there.Id);
        }
    }

    private async Task<string> Create(CancellationToken cancel)
    {
        try
        {
            return await api.CreateBot(Name, Shown, About, cancel);
        }
        catch (PluginApiException)
        {
            // Another server of the same cluster may have made it meanwhile.
            if (await api.GetUserByUsername(Name, cancel) is { IsBot: true } made)
            {
                return made.Id;
            }

            throw;
        }
    }

    /// <summary>
    /// A token that works; the one from before, unless the server refuses it. Of several servers that make one at the
    /// same time the first one's holds for all.
    /// </summary>
    public async Task<string> Token(UserId bot, Uri server, CancellationToken cancel)
    {
        var kept = await api.KVGet(TokenKey, cancel);
        if (Known(kept, bot) is { } token && !await IsRefused(token, server, cancel))
        {
            return token;
        }

        var made = await Make(bot, cancel);
        var mine = Encoding.UTF8.GetBytes($"{bot.Value} {made.Token}");
        if (await api.KVCompareAndSet(TokenKey, kept, mine, cancel))
        {
            return made.Token;
        }

        // What was refused is not the first one’s, wherever it is still read.
        if (Known(await api.KVGet(TokenKey, cancel), bot) is { } first && first != Known(kept, bot))
        {
            await Revoke(made.Id, cancel);
            return first;
        }

        await api.KVSet(TokenKey, mine, cancel);
        return made.Token;
    }

    private static string? Known(byte[]? kept, UserId bot) =>
        kept is not null
        && Encoding.UTF8.GetString(kept).Split(' ') is [var whose, var token]
        && whose == bot.Value
            ? token
            : null;

    private async Task<(string Id, string Token)> Make(UserId bot, CancellationToken cancel)
    {
        try
        {
            return await api.CreateUserAccessToken(bot.Value, Label, cancel);
        }
        catch (RpcException unknown) when (unknown.IsNoMethod)
        {
            // Servers before 5.38 have no call for it. The same row as they would write themselves.
            var (id, token) = (NewId(), NewId());
            await api.Sql(
                $"INSERT INTO UserAccessTokens (Id, Token, UserId, Description, IsActive) VALUES ('{id}', '{token}', '{bot.Value}', '{Label}', true)",
                cancel
            );
            return (id, token);
        }
    }

    /// <summary>Nobody uses it: it should not lie about.</summary>
    private async Task Revoke(string id, CancellationToken cancel)
    {
        try
        {
            await api.RevokeUserAccessToken(id, cancel);
        }
        catch (RpcException unknown) when (unknown.IsNoMethod)
        {
            if (IdForm.Fits(id))
            {
                await api.Sql($"DELETE FROM UserAccessTokens WHERE Id = '{id}'", cancel);
            }
        }
        catch (PluginApiException)
        {
            // One more than needed, which nobody has.
        }
    }

    /// <summary>
    /// Only a clear no counts: while the server starts it starts its plugins first and answers nothing yet.
    /// </summary>
    private static async Task<bool> IsRefused(string token, Uri server, CancellationToken cancel)
    {
        using var handler = MattermostNetwork.Handler();
        using var http = new HttpClient(handler)
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(2),
        };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/v4/users/me");
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await http.SendAsync(request, cancel);
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        }
        catch (Exception problem)
            when (problem is HttpRequestException or TaskCanceledException
                && !cancel.IsCancellationRequested
            )
        {
            return false;
        }
    }

    /// <summary>26 letters and digits, as Mattermost's own.</summary>
    internal static string NewId() =>
        RandomNumberGenerator.GetString("ybndrfg8ejkmcpqxot1uwisza345h769", 26);
}
