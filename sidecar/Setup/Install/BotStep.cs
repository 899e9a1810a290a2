using System.Net;
using Sidecar.Features.Customers.Changes;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Setup.Install;

/// <summary>The bot account and its access token.</summary>
internal sealed class BotStep(SetupSession session)
{
    private const string DisplayName = "Escalate";
    private const string About =
        "Posts escalations and reminds of what is due. Made by Escalate's set-up.";
    private const string TokenLabel = "Escalate sidecar";

    private BotSecrets Recorded => session.Secrets.Bot;

    public async Task Ensure(CancellationToken cancel)
    {
        var bot = await FindOrCreate(cancel);
        if (bot.DeleteAt > 0)
        {
            await session.Admin.ActivateBot(bot.UserId, cancel);
            session.Ledger.Repaired($"bot @{bot.Username}", "it was deactivated, now it is active");
        }

        session.Record(
            session.Secrets with
            {
                Bot =
                    bot.UserId == Recorded.UserId
                        ? Recorded with
                        {
                            Username = bot.Username,
                        }
                        : new BotSecrets(bot.UserId, bot.Username, "", Secret.None),
            }
        );
        await EnsureToken(cancel);
    }

    /// <summary>How our tokens on the bot are recognised, so that two sidecars with one bot leave each other's alone.</summary>
    public static string LabelFor(Uri publicUrl) => $"{TokenLabel} at {publicUrl.AbsoluteUri}";

    /// <summary>It is a token that some set-up of this product made.</summary>
    public static bool IsOurs(AccessToken token) =>
        token.Description.StartsWith(TokenLabel, StringComparison.Ordinal);

    private async Task<BotAccount> FindOrCreate(CancellationToken cancel)
    {
        if (
            Recorded.UserId.Length > 0
            && await session.Admin.FindBot(Recorded.UserId, cancel) is { } recorded
        )
        {
            if (recorded.DeleteAt == 0)
            {
                session.Ledger.Unchanged($"bot @{recorded.Username}");
            }

            return recorded;
        }

        var name = Recorded.Username.Length > 0 ? Recorded.Username : session.Request.BotName;
        if (await session.Admin.FindAccount(name, cancel) is { } account)
        {
            return await Adopt(account, cancel);
        }

        var made = await session.Admin.CreateBot(new BotProfile(name, DisplayName, About), cancel);
        session.Ledger.Created($"bot @{name}");
        return made;
    }

    private async Task<BotAccount> Adopt(ServerAccount account, CancellationToken cancel)
    {
        var bot = account.IsBot ? await session.Admin.FindBot(account.Id, cancel) : null;
        if (bot is null)
        {
            throw new SetupException(
                $"@{account.Username} is a person's account, so the bot can't have that name.",
                "Choose another name for the bot with --bot, or rename the account in System Console > Users."
            );
        }

        session.Ledger.Repaired(
            $"bot @{bot.Username}",
            "it was there already and is used from now on"
        );
        return bot;
    }

    private async Task EnsureToken(CancellationToken cancel)
    {
        var item = $"access token of @{Recorded.Username}";
        if (!Recorded.Token.IsMissing && await Works(cancel))
        {
            session.Ledger.Unchanged(item);
            return;
        }

        var old = await session.Admin.Tokens(Recorded.UserId, cancel);
        var replaced = Recorded.TokenId;
        await MakeToken(cancel);
        if (replaced.Length > 0)
        {
            session.Ledger.Repaired(item, "Mattermost did not accept it any more; made a new one");
        }
        else
        {
            session.Ledger.Created(item);
        }

        await RevokeLeftOvers(old, replaced, cancel);
    }

    private async Task MakeToken(CancellationToken cancel)
    {
        var label = LabelFor(session.Secrets.PublicUrl);
        var made = await session.Admin.CreateToken(Recorded.UserId, label, cancel);
        session.Record(
            session.Secrets with
            {
                Bot = Recorded with { TokenId = made.Id, Token = made.Token ?? Secret.None },
            }
        );
    }

    private async Task RevokeLeftOvers(
        IReadOnlyList<AccessToken> old,
        string replaced,
        CancellationToken cancel
    )
    {
        var label = LabelFor(session.Secrets.PublicUrl);
        foreach (var token in old.Where(t => t.Id == replaced || IsOurs(t)))
        {
            if (token.Id == replaced || token.Description == label || session.Request.TakeOver)
            {
                await session.Admin.RevokeToken(token.Id, cancel);
                session.Ledger.Removed($"earlier token \"{token.Description}\"");
            }
            else
            {
                session.Ledger.Warn(
                    $"@{Recorded.Username} has another token, \"{token.Description}\": another sidecar uses this bot, or one did.",
                    "When that one is gone, revoke its token in Integrations > Bot Accounts, or run with --take-over."
                );
            }
        }
    }

    private async Task<bool> Works(CancellationToken cancel)
    {
        try
        {
            return (await session.Server.As(Recorded.Token).Me(cancel)).Id == Recorded.UserId;
        }
        catch (MattermostException refused) when (refused.Is(HttpStatusCode.Unauthorized))
        {
            return false;
        }
    }
}
