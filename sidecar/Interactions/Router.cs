using System.Collections.Frozen;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Finds the part of the product that a verified act is meant for, and runs it if the person may (ALL-3). What is more
/// than a role, the rule behind it decides: see <see cref="Permission.Also"/>.
/// </summary>
public sealed class Router
{
    private const int LongBeginning = 500;

    private static readonly Permission Talk = Permission.Everybody("use the product");

    private readonly IServiceProvider _parts;
    private readonly RoleStore _roles;
    private readonly PeopleDirectory _people;
    private readonly FrozenDictionary<string, RegisteredCommand> _commands;
    private readonly FrozenDictionary<string, RegisteredAction> _actions;
    private readonly FrozenDictionary<string, RegisteredDialog> _dialogs;
    private readonly FrozenDictionary<string, RegisteredTrigger> _triggers;
    private readonly ILookup<string, RegisteredReaction> _reactions;
    private readonly FrozenDictionary<Parameter, RegisteredPlaceDefault> _defaults;

    internal Router(
        RegisteredParts registered,
        CommandParser commands,
        RoleStore roles,
        PeopleDirectory people,
        IServiceProvider parts
    )
    {
        (_parts, _roles, _people, Commands) = (parts, roles, people, commands);
        _commands = registered.Commands.ToFrozenDictionary(
            c => c.Spec.Path,
            StringComparer.Ordinal
        );
        _actions = registered.Actions.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        _dialogs = registered.Dialogs.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);
        _triggers = registered.Triggers.ToFrozenDictionary(
            t => t.Word,
            StringComparer.OrdinalIgnoreCase
        );
        _reactions = registered
            .Reactions.SelectMany(r => r.Emojis, (r, emoji) => (Emoji: emoji, Registered: r))
            .ToLookup(r => r.Emoji, r => r.Registered, StringComparer.Ordinal);
        _defaults = registered.PlaceDefaults.ToFrozenDictionary(d => d.Parameter);
    }

    /// <summary>All commands.</summary>
    public CommandParser Commands { get; }

    /// <summary>Somebody typed a command.</summary>
    public async Task<Reply> Command(
        Envelope envelope,
        string text,
        Mentions mentions,
        CancellationToken cancel
    )
    {
        var (reply, spec, mayTalk) = await Answer(envelope, text, mentions, cancel);
        if (mayTalk && spec?.IsInternal != true)
        {
            foreach (var witness in _parts.GetServices<ICommandWitness>())
            {
                await witness.Saw(envelope.User, spec, cancel);
            }
        }

        return reply;
    }

    private async Task<(Reply Reply, CommandSpec? Spec, bool MayTalk)> Answer(
        Envelope envelope,
        string text,
        Mentions mentions,
        CancellationToken cancel
    )
    {
        if (text.Length > CommandLine.MostCharacters)
        {
            return await WhyNot(Talk, envelope.User, cancel) is { } unknown
                ? (Reply.No(unknown), null, false)
                : (Reply.No(TooLong(text)), null, true);
        }

        var line = CommandLine.Read(text);
        var (spec, _) = Commands.Find(line);
        var command = spec is null ? null : _commands[spec.Path];
        // Rights before anything that costs time: what follows the command's words is read after that.
        if (await WhyNot(command?.Permission ?? Talk, envelope.User, cancel) is { } refusal)
        {
            var isLost = spec is not null && Commands.Read(Beginning(line), mentions).HasText;
            var no = WithSentence(Reply.No(refusal), envelope, text);
            return (WithTyped(no, isLost, line), spec, false);
        }

        if (spec is null && await Meant(line, envelope, cancel) is { } meant)
        {
            return (meant, null, true);
        }

        mentions = await _parts
            .GetRequiredService<OddNames>()
            .Resolve(mentions, line, envelope, cancel);
        var reply = await Read(line, envelope, mentions, cancel) switch
        {
            CommandReading.Understood understood => WithTyped(
                WithSentence(
                    await command!.Run(_parts, understood.By(envelope, mentions), cancel),
                    envelope,
                    text
                ),
                understood.HasText,
                line
            ),
            CommandReading.Misunderstood misunderstood => Reply.No(misunderstood.Why),
            _ => Reply.Nothing,
        };
        return (reply, spec, true);
    }

    /// <summary>Nothing that somebody wrote is lost with a refusal (ALL-2).</summary>
    private static Reply WithTyped(Reply reply, bool hasText, CommandLine line) =>
        hasText && reply is Reply.Whisper { IsRefusal: true } why
            ? why with
            {
                Text = Markdown.Of($"{why.Text}\n{CommandParser.YouTyped(line)}"),
            }
            : reply;

    /// <summary>Who lacks a role can ask somebody who has it, by the button below the refusal.</summary>
    private async ValueTask<Reply> WithButton(
        Reply reply,
        Envelope from,
        PressedControl pressed,
        CancellationToken cancel
    )
    {
        if (
            reply is not Reply.Whisper { Next: null, Because: NotPermitted why } refused
            || _parts.GetService<IRefusalHelp>() is not { } help
        )
        {
            return reply;
        }

        // Whoever is asked has to read what they are asked for.
        var said = from.Pressed is { } post
            ? await _parts.GetRequiredService<ShownAgain>().SaidBy(post, pressed, cancel)
            : null;
        return help.Button(why, from, pressed with { Said = said }) is { } next
            ? refused with
            {
                Next = next,
            }
            : reply;
    }

    /// <summary>The same by a command: the answer to a command has no buttons.</summary>
    private Reply WithSentence(Reply reply, Envelope from, string typed) =>
        !from.IsFromProgram
        && reply is Reply.Whisper { Because: NotPermitted why } refused
        && _parts.GetService<IRefusalHelp>()?.Sentence(why, from, typed) is { IsEmpty: false } help
            ? refused with
            {
                Text = Markdown.Of($"{refused.Text} {help}"),
            }
            : reply;

    /// <summary>As in <see cref="IRefusalHelp.Did"/>.</summary>
    public Task Did(PostId pressed, UserId by, Markdown did, CancellationToken cancel) =>
        _parts.GetService<IRefusalHelp>()?.Did(pressed, by, did, cancel) ?? Task.CompletedTask;

    /// <summary>What a command takes; null when the line begins with none.</summary>
    internal Permission? PermissionOf(CommandLine line) =>
        Commands.Find(line).Spec is { } spec ? _commands[spec.Path].Permission : null;

    /// <summary>Enough to see whether somebody wrote a sentence.</summary>
    private static CommandLine Beginning(CommandLine line) =>
        line.Text.Length <= LongBeginning ? line : CommandLine.Read(line.Text[..LongBeginning]);

    private static Markdown TooLong(string text) =>
        Markdown.Of(
            $"A command takes {CommandLine.MostCharacters / 2} characters, as a message does; this one has {text.EnumerateRunes().Count()}. Nothing was done. Send it shorter, and put the rest into a message or a file. It begins: {Markdown.Code($"/{SlashCommand.Trigger} {MarkdownEscaper.Shorten(text.Trim(), LongBeginning)}")}"
        );

    /// <summary>What begins with no command may still be understood by a feature.</summary>
    private async ValueTask<Reply?> Meant(
        CommandLine line,
        Envelope envelope,
        CancellationToken cancel
    )
    {
        foreach (var other in _parts.GetServices<IOtherWords>())
        {
            if (await other.Read(line, envelope, cancel) is { } reply)
            {
                return reply;
            }
        }

        return null;
    }

    /// <summary>A name of several words is one, also without quotes: the longest that there is (T6).</summary>
    private async ValueTask<CommandLine> WithNames(
        CommandLine line,
        UserId reader,
        Mentions mentions,
        CancellationToken cancel
    )
    {
        if (Commands.NameAt(line, mentions) is not { } at)
        {
            return line;
        }

        foreach (var names in _parts.GetServices<INameWords>())
        {
            if (await names.Longest(line, at, reader, cancel) is > 1 and var count)
            {
                return line.Joined(at, count);
            }
        }

        return line;
    }

    /// <summary>
    /// What was typed; what it lacks is what the place says where it was typed, if that makes sense of it.
    /// </summary>
    private async Task<CommandReading> Read(
        CommandLine line,
        Envelope envelope,
        Mentions mentions,
        CancellationToken cancel
    )
    {
        line = await WithNames(line, envelope.User, mentions, cancel);
        var reading = Commands.Read(line, mentions);
        if (
            reading is not CommandReading.Misunderstood { Lacks: var (parameter, at) }
            || !_defaults.TryGetValue(parameter, out var registered)
            || await registered.Find(
                _parts,
                envelope.Channel,
                at < line.Words.Length ? line.Words[at].Value : null,
                cancel
            )
                is not { } said
        )
        {
            return reading;
        }

        var start = at < line.Words.Length ? line.Words[at].Start : line.Text.Length;
        var filled = CommandLine.Read($"{line.Text[..start]} {said} {line.Text[start..]}");
        return Commands.Read(filled, mentions) is CommandReading.Understood understood
            ? understood
            : reading;
    }

    /// <summary>Somebody pressed a button or chose from a menu.</summary>
    public async Task<Reply> Action(
        Envelope envelope,
        string action,
        string payload,
        string? chosen,
        CancellationToken cancel
    )
    {
        var registered = _actions.GetValueOrDefault(action);
        var pressed = new PressedControl(action, payload, chosen);
        if (await WhyNot(registered?.Permission ?? Talk, envelope.User, cancel) is { } refusal)
        {
            return await WithButton(Reply.No(refusal), envelope, pressed, cancel);
        }

        return registered is null
            ? Reply.Say(
                Markdown.Of(
                    $"This button belongs to a version of the product that is not installed any more. {Markdown.Code($"/{SlashCommand.Trigger} help")} shows what there is."
                )
            )
            : await WithButton(
                await registered.Press(_parts, envelope, payload, chosen, cancel),
                envelope,
                pressed,
                cancel
            );
    }

    /// <summary>Somebody answered a dialog.</summary>
    public async Task<SubmissionReply> Dialog(
        Envelope envelope,
        string dialog,
        string state,
        FormAnswers answers,
        CancellationToken cancel
    )
    {
        var registered = _dialogs.GetValueOrDefault(dialog);
        if (await WhyNot(registered?.Permission ?? Talk, envelope.User, cancel) is { } refusal)
        {
            return SubmissionReply.No(refusal);
        }

        if (registered is null)
        {
            return SubmissionReply.Keep(
                "This form belongs to a version of the product that is not installed any more. Copy what you wrote, and open the form again."
            );
        }

        var (read, unknown) = await FormPeople.Find(answers, _people, cancel);
        var problems = unknown.SetItems(read.Unsaid());
        return read.Placed(
            problems.IsEmpty
                ? await registered.Submit(_parts, envelope, state, read, cancel)
                : SubmissionReply.Mark(problems)
        );
    }

    /// <summary>Somebody answered a field of a dialog on which others depend (DLG-2).</summary>
    /// <returns>The form as it is then; or why it is not shown to them. Neither: it stays as it is.</returns>
    public async Task<(DialogForm? Form, SubmissionReply? Instead)> Redraw(
        Envelope envelope,
        string dialog,
        string state,
        FormAnswers answers,
        CancellationToken cancel
    )
    {
        if (_dialogs.GetValueOrDefault(dialog) is not { Redraw: { } redraw } registered)
        {
            return (null, null);
        }

        return await WhyNot(registered.Permission, envelope.User, cancel) is { } refusal
            ? (null, SubmissionReply.No(refusal))
            : (await redraw(_parts, envelope, state, answers, cancel), null);
    }

    /// <summary>Somebody began a message with a trigger word.</summary>
    public async Task<Reply> Trigger(
        Envelope envelope,
        string word,
        string text,
        CancellationToken cancel
    )
    {
        if (!_triggers.TryGetValue(word, out var registered))
        {
            return Reply.Nothing;
        }

        if (await WhyNot(registered.Permission, envelope.User, cancel) is { } refusal)
        {
            return await Aloud(refusal, cancel);
        }

        return await registered.Run(_parts, new TriggerCall(envelope, text), cancel);
    }

    /// <summary>Whether a reaction with this emoji means anything at all.</summary>
    public bool ReactsTo(string emoji) => _reactions.Contains(emoji);

    /// <summary>
    /// Somebody reacted to one of our posts. Who may not is told by direct message, once for each act. An emoji that
    /// means nothing there does nothing.
    /// </summary>
    /// <exception cref="ChatException">Whether they may is not known: report the reaction again later.</exception>
    public async Task Reaction(ReactionCall call, CancellationToken cancel)
    {
        foreach (var registered in _reactions[call.Emoji])
        {
            if (!await registered.Concerns(_parts, call, cancel))
            {
                continue;
            }

            var user = call.Envelope.User;
            if (await _roles.Check(registered.Permission, user, cancel) is { } refusal)
            {
                await _parts.GetRequiredService<RefusedReactions>().Tell(call, refusal, cancel);
            }
            else
            {
                await registered.React(_parts, call, cancel);
            }
        }
    }

    /// <summary>Why somebody may not do something, also when nobody knows who they are; null when they may.</summary>
    internal async ValueTask<Refusal?> WhyNot(
        Permission permission,
        UserId user,
        CancellationToken cancel
    )
    {
        try
        {
            return await _roles.Check(permission, user, cancel);
        }
        catch (ChatException problem)
        {
            var willPass = problem.Problem is ChatProblem.Uncertain or ChatProblem.Busy;
            return permission.IsAskedNow
                ? new NotAskedNow(permission, willPass)
                : new NotRecognised(willPass);
        }
    }

    /// <summary>What is said in a thread is read by everybody, and must not call those whom it names.</summary>
    private async Task<Reply> Aloud(Refusal refusal, CancellationToken cancel)
    {
        try
        {
            await _people.Know(refusal.Sentence.Mentioned(), cancel);
        }
        catch (ChatException)
        {
            // Without names, then.
        }

        return Reply.Say(refusal.Sentence.WithoutPings(_people.NameOf));
    }
}
