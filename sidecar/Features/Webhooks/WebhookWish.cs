using System.Collections.Immutable;
using System.Net;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>Reads what is typed for a new subscription, by command or form: where, and of what.</summary>
internal sealed class WebhookWish(
    IEnumerable<IFactCatalog> catalogs,
    HookNetwork network,
    WebhookSettings settings
)
{
    /// <summary>The word for all facts, also those that are still to come.</summary>
    public const string Everything = "all";

    /// <summary>All facts that can be told.</summary>
    public IReadOnlyList<ToldType> Types { get; } = [.. catalogs.SelectMany(c => c.Types)];

    /// <summary>What facts are about: the first words of their names.</summary>
    public IReadOnlyList<string> Families =>
        [.. Types.Select(t => t.Name.Split('.')[0]).Distinct()];

    /// <summary>The address, or why it can't be one.</summary>
    public (string? Address, string? Problem) ReadAddress(string typed)
    {
        var written = WebLink.Bare(typed);
        if (
            !Uri.TryCreate(written, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.Host.Length == 0
        )
        {
            return (null, "Write the whole address, as in https://hooks.example.com/escalate.");
        }

        if (!TextLength.Fits(written, WebhookSubscription.MaxAddressLength))
        {
            return (
                null,
                $"An address has at most {WebhookSubscription.MaxAddressLength} characters."
            );
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return (
                null,
                "An address has no name and password before the @ and no part behind a #: what is sent is signed, and that is what proves it."
            );
        }

        if (uri.Scheme == "http" && !settings.AllowHttp)
        {
            return (
                null,
                "It must begin with https://, or anybody in between can read what is sent. The setting webhooks.allowHttp permits http://."
            );
        }

        // What a name means is looked at when something is sent.
        return
            IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var literal)
            && !network.Allows(literal)
            ? (
                null,
                $"{literal} is an address in your own network, and nothing is sent there unless the setting webhooks.allowedNetworks names it."
            )
            : (uri.AbsoluteUri, null);
    }

    /// <summary>
    /// Which facts, or what is none. None of them stands for every one: that has to be said, since what somebody left
    /// empty by a slip would tell another system of everything.
    /// </summary>
    public (ImmutableArray<string> Facts, string? Problem) ReadFacts(string typed)
    {
        var words = typed
            .ToLowerInvariant()
            .Split([' ', ',', '\t', '\n', '\r', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.EndsWith(".*", StringComparison.Ordinal) ? w[..^2] : w)
            .Distinct()
            .ToArray();
        if (words is [Everything])
        {
            return ([], null);
        }

        if (words is [])
        {
            return (
                [],
                $"Of what? Write {Everything} for everything, or what it is about: {string.Join(", ", Families)}."
            );
        }

        foreach (var word in words)
        {
            if (!Families.Contains(word) && Types.All(t => t.Name != word))
            {
                return (
                    [],
                    $"“{MarkdownEscaper.Shorten(word, 60)}” is not a fact. Write {Everything}, what they are about ({string.Join(", ", Families)}), or single ones, as in escalation.raised: /{SlashCommand.Trigger} webhook facts lists them."
                );
            }
        }

        return ([.. words], null);
    }

    /// <summary>Which facts, for people.</summary>
    public static Markdown Named(WebhookSubscription subscription) =>
        subscription.Facts.IsEmpty
            ? Markdown.Of($"everything")
            : Markdown.Listed([.. subscription.Facts.Select(f => Markdown.Code(f))], "and");
}
