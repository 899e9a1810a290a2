using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Messages that a person points the product at. The bot may be able to read what that person can't: whoever is no
/// member of a message's channel learns nothing about it, not even that it exists.
/// </summary>
/// <param name="chat">Reads them.</param>
/// <param name="bot">Who must be in the channel as well.</param>
public sealed class SharedPosts(IChat chat, UserId bot)
{
    private const int LooksBack = 60;

    /// <summary>The message behind a link.</summary>
    /// <param name="link">As typed.</param>
    /// <param name="reader">Who typed it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">The chat could not be asked.</exception>
    public async Task<SharedResult<ChatPost>> Find(
        string link,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (Permalink.Read(link) is not { } permalink)
        {
            return new NoLink(link);
        }

        var site = (await chat.Server(cancel)).Site;
        if (site is not null && !permalink.IsOn(site))
        {
            return new LinkLeadsElsewhere(permalink.Server, site);
        }

        return
            await chat.ReadPost(permalink.Post, cancel) is { } post
            && await chat.IsMember(post.Channel, reader, cancel)
            ? post
            : new NoSuchMessage(bot);
    }

    /// <summary>The latest message with one file of a kind that a person wrote to the bot by direct message.</summary>
    /// <param name="by">Who sent it.</param>
    /// <param name="ending">How the file's name ends: <c>.csv</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">The chat could not be asked.</exception>
    public async Task<SharedResult<ChatPost>> FindSent(
        UserId by,
        string ending,
        CancellationToken cancel
    )
    {
        var posts = await chat.LatestPosts(await chat.DirectChannel(by, cancel), LooksBack, cancel);
        return
            posts.FirstOrDefault(p => p.Author == by && p.Files.Count(f => Is(f, ending)) == 1)
                is { } sent
            ? sent
            : new NothingSent(
                bot,
                ending,
                posts
                    .Where(p => p.Author == bot)
                    .SelectMany(p => p.Files)
                    .FirstOrDefault(f => Is(f, ending))
                    ?.Name
            );
    }

    /// <summary>A link to a message by which it is found again, whichever team its reader is in.</summary>
    public async Task<string> LinkTo(PostId post, CancellationToken cancel)
    {
        var site = (await chat.Server(cancel)).Site?.ToString().TrimEnd('/');
        return $"{site ?? "http://localhost"}/_redirect/pl/{post.Value}";
    }

    /// <summary>The one file of a kind that is attached to the message behind a link.</summary>
    /// <param name="link">As typed.</param>
    /// <param name="reader">Who typed it.</param>
    /// <param name="ending">How its name ends: <c>.csv</c>.</param>
    /// <param name="atMost">Its largest size, in bytes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatException">The chat could not be asked.</exception>
    public async Task<SharedResult<ChatFile>> FindFile(
        string link,
        UserId reader,
        string ending,
        long atMost,
        CancellationToken cancel
    )
    {
        var shared = await Find(link, reader, cancel);
        if (shared.Found is not { } post)
        {
            return shared.Why!;
        }

        var fitting = post.Files.Where(f => Is(f, ending)).ToList();
        return fitting switch
        {
            [] => new NoSuchFile(ending, post.Files.Length),
            [var file] when file.Size > atMost => new FileIsTooLarge(file.Name, atMost),
            [var file] => file,
            _ => new SeveralFiles(ending),
        };
    }

    private static bool Is(ChatFile file, string ending) =>
        file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What somebody pointed at, or why they don't get it.</summary>
/// <param name="Found">What it is; null when there is a reason why not.</param>
/// <param name="Why">Why not; null when it was found.</param>
public sealed record SharedResult<T>(T? Found, Refusal? Why)
    where T : class
{
    /// <summary>It is there.</summary>
    public static implicit operator SharedResult<T>(T found) => new(found, null);

    /// <summary>It is not.</summary>
    public static implicit operator SharedResult<T>(Refusal why) => new(null, why);
}

internal sealed record NoLink(string Typed)
    : Refusal(
        Markdown.Of(
            $"“{MarkdownEscaper.Shorten(Typed, 100)}” is not a link to a message. Open the menu of the message (**⋯**), choose *Copy Link*, and paste it."
        )
    );

internal sealed record LinkLeadsElsewhere(Uri Server, Uri Ours)
    : Refusal(
        Markdown.Of(
            $"That link leads to {Server.Authority}. I can read messages of {Ours.Authority} only."
        )
    );

/// <summary>The same whether it does not exist, or exists and is not for both of them.</summary>
internal sealed record NoSuchMessage(UserId Bot)
    : Refusal(
        Markdown.Of(
            $"There is no message behind that link that both of us can read. If it is there: you must be a member of its channel, and so must I – type `/invite {Bot}` there."
        )
    );

/// <param name="Bot">To whom it is sent.</param>
/// <param name="Ending">How its name ends.</param>
/// <param name="Ours">The name of one that the bot sent itself, to be filled in; null when there is none.</param>
internal sealed record NothingSent(UserId Bot, string Ending, string? Ours)
    : Refusal(
        Markdown.Of(
            $"Which file? Among our last direct messages there is none in which you sent me a file that ends with {Markdown.Code(Ending)}.{(Ours is null ? Markdown.None : Markdown.Of($" **{Ours}** is mine: download it and fill it in."))} Send it to {Bot} by direct message: I ask before anything is done with it. Or paste the link to a message with the file."
        )
    );

internal sealed record NoSuchFile(string Ending, int Others)
    : Refusal(
        Others == 0
            ? Markdown.Of(
                $"There is no file attached to that message. Attach one that ends with {Markdown.Code(Ending)}, and link that message."
            )
            : Markdown.Of(
                $"No file of that message ends with {Markdown.Code(Ending)}. Spreadsheets write one with *Save as*, *CSV UTF-8*."
            )
    );

internal sealed record SeveralFiles(string Ending)
    : Refusal(
        Markdown.Of(
            $"Several files of that message end with {Markdown.Code(Ending)}. Post the one that is meant in a message of its own, and link that."
        )
    );

internal sealed record FileIsTooLarge(string Name, long AtMost)
    : Refusal(
        Markdown.Of(
            $"{Name} is larger than the {AtMost >> 20} MB that I take. Split it into several files."
        )
    );
