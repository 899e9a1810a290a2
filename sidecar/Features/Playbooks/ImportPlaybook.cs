using System.Text.Json;
using System.Text.RegularExpressions;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Playbooks;

/// <summary>
/// <c>/escalate playbook import &lt;link&gt; [as name]</c>: takes the file that Mattermost Playbooks exports, or one of ours. What
/// would become of it is shown first, and what has no place; a button keeps it.
/// </summary>
internal sealed partial class ImportPlaybook(Store store, TimeProvider clock) : ISlashCommand
{
    private static readonly Parameter<CommandWord> Link = new(
        "link",
        "<link to the message with the file>",
        Arguments.Word("link", "").Reader
    )
    {
        Hint =
            "Which file? Post the .json file in a channel, and paste the link to that message after the command.",
    };

    private static readonly Parameter<string> As = Arguments
        .Rest("as name", "What should it be called in commands? Write `as` and its name.")
        .OrNothing() with
    {
        Usage = "[as name]",
    };

    public static Permission Permission => PlaybookRights.Bring;

    public static CommandSpec Spec { get; } =
        new("playbook import", "Bring in a playbook from a file", Link, As)
        {
            Examples =
            [
                "playbook import https://chat.example.com/ops/pl/abcdefghijklmnopqrstuvwxyz",
                "playbook import https://chat.example.com/ops/pl/abcdefghijklmnopqrstuvwxyz as our-outage",
            ],
            Details =
                "Takes the file that Mattermost Playbooks exports, or one that `playbook export` made. Checklists become stages, items tasks; you are shown what it becomes and what has no place here before anything is kept.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var link = call.Get(Link)!.Value;
        if (Permalink.Read(link) is null)
        {
            return Reply.No(new NoLink(link));
        }

        var words = (call.Get(As) ?? "").Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (
            words is not ([] or [_, _])
            || (words is [var first, var named] && (!BareWord.Is(first, "as") || !IsKey(named)))
        )
        {
            return Reply.No(
                Markdown.Of(
                    $"After the link comes nothing, or {Markdown.Code("as")} and a name of up to 30 small letters, digits and hyphens, as in {Markdown.Code("as our-outage")}. Nothing was read.\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        var (by, now) = (call.Envelope.User, clock.GetUtcNow());
        var draft = new PlaybookDraft(
            call.Envelope.Act,
            by,
            link,
            words is [_, var key] ? key : ""
        );
        // Not committed: the same command was delivered before, and is on its way.
        await store.Commit(
            new Change(now, by.Value)
                .Add(PlaybookDraft.Kind, draft.Id, draft)
                .Due(ReadPlaybook.Kind, draft.Id, now),
            cancel
        );
        return Reply.Say(
            Markdown.Of(
                $"I am reading that file. I will tell you by direct message what it becomes; nothing is kept until you say so there."
            )
        );
    }

    public static bool IsKey(string name) => KeyForm().IsMatch(name);

    /// <summary>A key that is made of a title.</summary>
    public static string KeyOf(string title)
    {
        var words = string.Join(
            '-',
            new string([
                .. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        var key = words.Length > 30 ? words[..30].TrimEnd('-') : words;
        return key.Length == 0 ? "playbook" : key;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,29}$", RegexOptions.None, 1000)]
    private static partial Regex KeyForm();
}

/// <summary>Reads a file that somebody wants to bring in, and shows them what it becomes.</summary>
internal sealed class ReadPlaybook(
    Store store,
    SharedPosts posts,
    IChat chat,
    RoleStore roles,
    KeptPlaybooks kept,
    PlaybookShelf shelf
) : IDueTask
{
    private const string About = "a playbook";
    private const long LargestFile = 1 << 20;
    private const int MostTold = 20;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public static string Kind => "playbook.import";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        if (await store.Find(PlaybookDraft.Kind, call.Id, cancel) is not { } draft)
        {
            await store.Commit(Change(call.Now).Due(Kind, call.Id, null), cancel);
            return;
        }

        if (draft.Value.IsTold)
        {
            await store.Commit(
                Change(call.Now).Delete(PlaybookDraft.Kind, draft).Due(Kind, call.Id, null),
                cancel
            );
            return;
        }

        var (read, told) = await Read(draft.Value, call.Now, cancel);
        await store.Commit(
            Change(call.Now)
                .Replace(PlaybookDraft.Kind, draft, read with { IsTold = true })
                .Do(told)
                .Due(Kind, call.Id, call.Now + KeptFor),
            cancel
        );
    }

    private async Task<(PlaybookDraft, Effect.TellPerson)> Read(
        PlaybookDraft draft,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // What they are may have changed since they asked.
        if (await roles.Check(PlaybookRights.Bring, draft.By, cancel) is { } notAnyMore)
        {
            return Nothing(draft, notAnyMore.Sentence);
        }

        var shared = await posts.FindFile(draft.Link, draft.By, ".json", LargestFile, cancel);
        if (shared.Found is not { } found)
        {
            return Nothing(draft, shared.Why!.Sentence);
        }

        using var content = new MemoryStream();
        await chat.Download(found.Id, content, LargestFile, cancel);
        var (playbook, left, problems) = Understand(
            found.Name,
            draft.As,
            content.GetBuffer().AsSpan(0, (int)content.Length)
        );
        if (playbook is null)
        {
            return Nothing(
                draft,
                Markdown.Lines([
                    Markdown.Of($"None of it was kept. What is wrong:"),
                    .. Listed(problems),
                ])
            );
        }

        // Before what is shown is read: what is kept in between is rather asked about than not.
        var upon = await store.Find(KeptPlaybook.Kind, playbook.Key, cancel);
        if (await kept.WhyNot(playbook, cancel) is { } why)
        {
            return Nothing(draft, why.Sentence);
        }

        var former = shelf.All.GetValueOrDefault(playbook.Key);
        return (
            draft with
            {
                Read = new KeptPlaybook(
                    playbook.Key,
                    PlaybookWriter.Write(playbook),
                    draft.By,
                    now
                ),
                Upon = KeptPlaybook.Standing(upon?.Value),
            },
            new Effect.TellPerson(
                draft.By,
                Preview(playbook, found.Name, left, former),
                new Card(Markdown.Of($"{playbook.Name}"), Tone.Notice)
                {
                    Controls = [KeepPlaybook.Button(draft.Id)],
                }
            )
            {
                About = About,
            }
        );
    }

    /// <summary>What a file holds: of Mattermost Playbooks, or one of ours.</summary>
    internal static (
        Playbook?,
        IReadOnlyList<string> Left,
        IReadOnlyList<string> Problems
    ) Understand(string file, string key, ReadOnlySpan<byte> content)
    {
        List<string> told = [];
        var problems = new FileProblems(file, told);
        FileNode root;
        try
        {
            root = FileNode.Parse(content);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            problems.Add(
                (int)((broken as JsonException)?.LineNumber ?? 0) + 1,
                "this is not JSON that can be read",
                "export the playbook again and post that file"
            );
            return (null, [], told);
        }

        if (MattermostPlaybook.IsOne(root))
        {
            var reader = new MattermostPlaybook(problems);
            var read = reader.Read("playbook", root);
            return (
                read is null
                    ? null
                    : read with
                    {
                        Key = key.Length > 0 ? key : ImportPlaybook.KeyOf(read.Name),
                    },
                reader.Left,
                told
            );
        }

        if (root.Members.All(m => m.Name != "stages"))
        {
            problems.Add(
                root.Line,
                "this is not a playbook: it has neither “checklists” nor “stages”",
                "post the file that Mattermost Playbooks exports, or one that playbook export made"
            );
            return (null, [], told);
        }

        var own = new PlaybookReader(problems).Read("playbook", content);
        return (
            own is var (ours, _)
                ? ours with
                {
                    Key =
                        key.Length > 0 ? key
                        : ImportPlaybook.IsKey(Path.GetFileNameWithoutExtension(file))
                            ? Path.GetFileNameWithoutExtension(file)
                        : ImportPlaybook.KeyOf(ours.Name),
                }
                : null,
            [],
            told
        );
    }

    private static Markdown Preview(
        Playbook playbook,
        string file,
        IReadOnlyList<string> left,
        Playbook? former
    ) =>
        Markdown.Lines([
            Markdown.Of(
                $"**{playbook.Name}** from {Markdown.Code(file)} is read. **Nothing is kept yet.** It becomes the playbook {Markdown.Code(playbook.Key)}, with {playbook.Stages.Sum(s => s.Tasks.Length)} tasks in {playbook.Stages.Length} stages:"
            ),
            .. playbook.Stages.Select(
                (s, i) => Markdown.Of($"{i + 1}. {s.Title} ({s.Tasks.Length})")
            ),
            PlaybookWords.Settled(playbook),
            left.Count == 0
                ? Markdown.Of($"All that is in the file has its place here.")
                : Markdown.Lines([
                    Markdown.Of($"What has no place here, and is left out:"),
                    .. Listed(left),
                ]),
            former is null
                ? Markdown.None
                : Markdown.Of(
                    $":warning: It takes the place of {Markdown.Code(former.Key)} ({former.Name}); what follows that one goes on with its own copy."
                ),
            playbook.Severities.IsEmpty
                ? Markdown.Of(
                    $"It is started by hand: {PlaybookWords.Command($"playbook start ESC-1 {playbook.Key}")}"
                )
                : Markdown.Of($"It starts by itself for {PlaybookWords.Starts(playbook)}."),
        ]);

    private static IEnumerable<Markdown> Listed(IReadOnlyList<string> lines) =>
        [
            .. lines.Take(MostTold).Select(l => Markdown.Of($"- {l}")),
            lines.Count > MostTold
                ? Markdown.Of($"- and {lines.Count - MostTold} more")
                : Markdown.None,
        ];

    private static (PlaybookDraft, Effect.TellPerson) Nothing(PlaybookDraft draft, Markdown why) =>
        (
            draft,
            new Effect.TellPerson(draft.By, Markdown.Of($"No playbook was brought in. {why}"))
            {
                About = About,
            }
        );

    private static Change Change(DateTimeOffset now) => new(now, nameof(ReadPlaybook));
}

/// <summary>The button below what a file becomes.</summary>
internal sealed class KeepPlaybook(KeptPlaybooks kept) : IAction<PlaybookDraftRef>
{
    public static Permission Permission => PlaybookRights.Bring;

    public static ActionKey<PlaybookDraftRef> Key { get; } =
        new("playbook.keep", PlaybookJson.Default.PlaybookDraftRef);

    public static CardControl Button(string draft) =>
        Key.Button("Keep it", new PlaybookDraftRef(draft), ControlStyle.Primary);

    public async Task<Reply> Press(ActionCall<PlaybookDraftRef> call, CancellationToken cancel) =>
        await kept.Keep(call.Payload.Id, call.Envelope, cancel) switch
        {
            (_, { } why) => Reply.No(why),
            ({ } playbook, _) => Reply.Settled(
                Markdown.Of(
                    $"{Markdown.Code(playbook.Key)} is kept. {PlaybookWords.Command($"playbook show {playbook.Key}")} shows it, {PlaybookWords.Command($"playbook remove {playbook.Key}")} takes it away again."
                )
            ),
            _ => Reply.Settled(
                Markdown.Of(
                    $"What was read from that file is no longer kept after a week. Bring it in again."
                )
            ),
        };
}
