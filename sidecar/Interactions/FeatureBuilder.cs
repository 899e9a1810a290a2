using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>Collects what the features bring. Every part is named here by hand; a test proves that none is missing.</summary>
/// <param name="services">Where the parts are made, one of each for the life of the process.</param>
public sealed class FeatureBuilder(IServiceCollection services)
{
    private readonly List<RegisteredCommand> _commands = [];
    private readonly List<RegisteredAction> _actions = [];
    private readonly List<RegisteredDialog> _dialogs = [];
    private readonly List<RegisteredTrigger> _triggers = [];
    private readonly List<RegisteredReaction> _reactions = [];
    private readonly List<RegisteredDueTask> _due = [];
    private readonly List<RegisteredSettings> _settings = [];
    private readonly List<RegisteredFile> _files = [];
    private readonly List<RegisteredErrand> _errands = [];
    private readonly List<Type> _shown = [];
    private readonly List<RegisteredPlaceDefault> _placeDefaults = [];
    private readonly List<CommandSeries> _series = [];
    private HelpTopic? _topic;

    /// <summary>What the commands are about that are named next, up to the end of the feature (SET-4).</summary>
    public FeatureBuilder Topic(HelpTopic topic)
    {
        _topic = topic;
        return this;
    }

    /// <summary>A subcommand of <c>/escalate</c>.</summary>
    public FeatureBuilder Command<TCommand>()
        where TCommand : class, ISlashCommand
    {
        services.TryAddSingleton<TCommand>();
        _commands.Add(
            new RegisteredCommand(
                TCommand.Spec,
                TCommand.Permission,
                typeof(TCommand),
                (parts, call, cancel) => parts.GetRequiredService<TCommand>().Run(call, cancel)
            )
            {
                Topic = _topic,
            }
        );
        return this;
    }

    /// <summary>A button or menu.</summary>
    public FeatureBuilder Action<TAction, TPayload>()
        where TAction : class, IAction<TPayload>
        where TPayload : notnull
    {
        services.TryAddSingleton<TAction>();
        _actions.Add(
            new RegisteredAction(
                TAction.Key.Name,
                TAction.Permission,
                typeof(TAction),
                (parts, envelope, payload, chosen, cancel) =>
                {
                    var read = JsonSerializer.Deserialize(payload, TAction.Key.Json)!;
                    var call = new ActionCall<TPayload>(envelope, read, chosen);
                    return parts.GetRequiredService<TAction>().Press(call, cancel);
                }
            )
        );
        return this;
    }

    /// <summary>What takes the answers of a dialog.</summary>
    public FeatureBuilder Dialog<TDialog, TState>()
        where TDialog : class, IDialog<TState>
        where TState : notnull
    {
        services.TryAddSingleton<TDialog>();
        _dialogs.Add(
            new RegisteredDialog(
                TDialog.Key.Name,
                TDialog.Permission,
                typeof(TDialog),
                async (parts, envelope, state, answers, cancel) =>
                {
                    var opened = JsonSerializer.Deserialize(state, TDialog.Key.Json)!;
                    var submission = new Submission<TState>(envelope, opened, answers);
                    var dialog = parts.GetRequiredService<TDialog>();
                    if (
                        dialog is IDialogUpon<TState> upon
                        && await upon.Now(submission, cancel) is { } now
                    )
                    {
                        var seen = parts.GetRequiredService<SeenClashes>();
                        var (merged, clashes) = answers.Upon(now);
                        var unseen = await seen.Unseen(
                            envelope,
                            [.. answers.Unconfirmed(now), .. clashes],
                            cancel
                        );
                        if (unseen.Count > 0)
                        {
                            return SubmissionReply.Meanwhile(unseen, now);
                        }

                        submission = submission with { Answers = merged };
                    }

                    return await dialog.Submit(submission, cancel);
                }
            )
            {
                Redraw = typeof(IRedrawnDialog<TState>).IsAssignableFrom(typeof(TDialog))
                    ? (parts, envelope, state, answers, cancel) =>
                    {
                        var read = JsonSerializer.Deserialize(state, TDialog.Key.Json)!;
                        var redrawn = (IRedrawnDialog<TState>)parts.GetRequiredService<TDialog>();
                        return redrawn.Form(
                            new Submission<TState>(envelope, read, answers),
                            cancel
                        );
                    }
                    : null,
            }
        );
        return this;
    }

    /// <summary>What a trigger word does.</summary>
    public FeatureBuilder Trigger<TTrigger>()
        where TTrigger : class, ITriggerWord
    {
        services.TryAddSingleton<TTrigger>();
        _triggers.Add(
            new RegisteredTrigger(
                TTrigger.Word,
                TTrigger.Permission,
                typeof(TTrigger),
                (parts, call, cancel) => parts.GetRequiredService<TTrigger>().Run(call, cancel)
            )
        );
        return this;
    }

    /// <summary>What reactions to the product's posts do.</summary>
    public FeatureBuilder Reaction<TReaction>()
        where TReaction : class, IReaction
    {
        services.TryAddSingleton<TReaction>();
        _reactions.Add(
            new RegisteredReaction(
                TReaction.Emojis,
                TReaction.Permission,
                typeof(TReaction),
                (parts, call, cancel) =>
                    parts.GetRequiredService<TReaction>().Concerns(call, cancel),
                (parts, call, cancel) => parts.GetRequiredService<TReaction>().React(call, cancel)
            )
        );
        return this;
    }

    /// <summary>What is done when something falls due.</summary>
    public FeatureBuilder Due<TTask>()
        where TTask : class, IDueTask
    {
        services.TryAddSingleton<TTask>();
        _due.Add(
            new RegisteredDueTask(
                TTask.Kind,
                typeof(TTask),
                (parts, call, cancel) => parts.GetRequiredService<TTask>().Run(call, cancel)
            )
        );
        return this;
    }

    /// <summary>What shows named posts again, as they are now.</summary>
    public FeatureBuilder ShowsAgain<TShows>()
        where TShows : class, IShowsAgain
    {
        services.TryAddSingleton<TShows>();
        _shown.Add(typeof(TShows));
        return this;
    }

    /// <summary>What a parameter is where nobody names it: as the place says in which the command is typed.</summary>
    public FeatureBuilder PlaceDefault<TDefault>(Parameter parameter)
        where TDefault : class, IPlaceDefault
    {
        services.TryAddSingleton<TDefault>();
        _placeDefaults.Add(
            new RegisteredPlaceDefault(
                parameter,
                (parts, channel, instead, cancel) =>
                    parts.GetRequiredService<TDefault>().Find(channel, instead, cancel)
            )
        );
        return this;
    }

    /// <summary>What makes the content of files that are sent.</summary>
    public FeatureBuilder File<TSource>()
        where TSource : class, IFileSource
    {
        services.TryAddSingleton<TSource>();
        _files.Add(
            new RegisteredFile(
                TSource.Name,
                typeof(TSource),
                (parts, request, to, cancel) =>
                    parts.GetRequiredService<TSource>().Write(request, to, cancel)
            )
        );
        return this;
    }

    /// <summary>What is done after the answer, since it takes long.</summary>
    public FeatureBuilder Errand<TErrand>()
        where TErrand : class, IErrand
    {
        services.TryAddSingleton<TErrand>();
        _errands.Add(
            new RegisteredErrand(
                TErrand.Name,
                typeof(TErrand),
                (parts, call, cancel) => parts.GetRequiredService<TErrand>().Run(call, cancel)
            )
        );
        return this;
    }

    /// <summary>What an administrator can change about the feature; its parts ask for the type itself.</summary>
    public FeatureBuilder Settings<TSettings>()
        where TSettings : class, ISettings<TSettings>, new()
    {
        _settings.Add(Registered<TSettings>());
        return this;
    }

    /// <summary>The same, with data files in the folder of the section's name beside the settings file.</summary>
    public FeatureBuilder Settings<TSettings, TFiles>()
        where TSettings : class, ISettings<TSettings>, new()
        where TFiles : class, IDataFiles<TFiles>
    {
        _settings.Add(
            Registered<TSettings>() with
            {
                Files = new RegisteredDataFiles(
                    TFiles.Read,
                    files => services.AddSingleton((TFiles)files)
                ),
            }
        );
        return this;
    }

    private RegisteredSettings Registered<TSettings>()
        where TSettings : class, ISettings<TSettings>, new() =>
        new(
            TSettings.Section,
            TSettings.Json,
            new TSettings(),
            values => [.. ((TSettings)values).Problems()],
            (values, folder, problems) =>
                ((ISettings<TSettings>)values).WithFiles(folder, problems),
            values => services.AddSingleton((TSettings)values)
        )
        {
            Title = TSettings.Title,
            Fields = TSettings.Fields,
        };

    /// <summary>
    /// Documents of the feature that must be found by all their indexes, also when an earlier release, which had fewer,
    /// wrote them.
    /// </summary>
    public FeatureBuilder Keeps<TDocument>(DocumentKind<TDocument> kind)
        where TDocument : class
    {
        services.AddSingleton(ReindexedKind.Of(kind));
        return this;
    }

    /// <summary>Something that understands what begins with the words of no command.</summary>
    public FeatureBuilder OtherWords<TOther>()
        where TOther : class, IOtherWords
    {
        services.AddSingleton<IOtherWords, TOther>();
        return this;
    }

    /// <summary>Something that hears of each command that people type.</summary>
    public FeatureBuilder Witness<TWitness>()
        where TWitness : class, ICommandWitness
    {
        services.AddSingleton<ICommandWitness, TWitness>();
        return this;
    }

    /// <summary>Something that runs with the sidecar, from its start to its end.</summary>
    public FeatureBuilder Runs<TService>()
        where TService : class, IHostedService
    {
        services.TryAddSingleton<TService>();
        services.AddHostedService(parts => parts.GetRequiredService<TService>());
        return this;
    }

    /// <summary>
    /// What the feature adds to something that is made of what all features add, such as a person's summary: who makes
    /// it asks for all <typeparamref name="TContribution"/>, and knows none of them.
    /// </summary>
    public FeatureBuilder Adds<TContribution, TPart>()
        where TContribution : class
        where TPart : class, TContribution
    {
        services.TryAddSingleton<TPart>();
        services.AddSingleton<TContribution>(parts => parts.GetRequiredService<TPart>());
        return this;
    }

    /// <summary>Whose numbers the commands of a group take: <c>show SRV-4</c> means <c>service show SRV-4</c>.</summary>
    /// <param name="series">Before the numbers: <c>SRV</c>.</param>
    /// <param name="group">The first word of the commands: <c>service</c>.</param>
    public FeatureBuilder Series(string series, string group)
    {
        _series.Add(new CommandSeries(series, group));
        return this;
    }

    /// <summary>Something that several parts of the feature share.</summary>
    public FeatureBuilder Shares<TShared>()
        where TShared : class
    {
        services.TryAddSingleton<TShared>();
        return this;
    }

    /// <summary>Something that is there already, and that the feature's parts ask for.</summary>
    public FeatureBuilder Shares<TShared>(TShared shared)
        where TShared : class
    {
        services.TryAddSingleton(shared);
        return this;
    }

    /// <summary>Takes everything that a feature names.</summary>
    public FeatureBuilder Add<TFeature>()
        where TFeature : IFeature
    {
        var around = _topic;
        TFeature.Register(this);
        _topic = around;
        return this;
    }

    internal RegisteredParts Build() =>
        new(
            [.. _commands],
            [.. _actions],
            [.. _dialogs],
            [.. _triggers],
            [.. _reactions],
            [.. _due],
            [.. _settings],
            [.. _files],
            [.. _errands],
            [.. _shown],
            [.. _placeDefaults],
            [.. _series]
        );
}

internal sealed record RegisteredParts(
    ImmutableArray<RegisteredCommand> Commands,
    ImmutableArray<RegisteredAction> Actions,
    ImmutableArray<RegisteredDialog> Dialogs,
    ImmutableArray<RegisteredTrigger> Triggers,
    ImmutableArray<RegisteredReaction> Reactions,
    ImmutableArray<RegisteredDueTask> DueTasks,
    ImmutableArray<RegisteredSettings> Settings,
    ImmutableArray<RegisteredFile> Files,
    ImmutableArray<RegisteredErrand> Errands,
    ImmutableArray<Type> ShowAgain,
    ImmutableArray<RegisteredPlaceDefault> PlaceDefaults,
    ImmutableArray<CommandSeries> Series
);

internal sealed record RegisteredPlaceDefault(
    Parameter Parameter,
    Func<IServiceProvider, ChannelId, string?, CancellationToken, ValueTask<string?>> Find
);

internal sealed record RegisteredCommand(
    CommandSpec Spec,
    Permission Permission,
    Type Type,
    Func<IServiceProvider, CommandCall, CancellationToken, Task<Reply>> Run
)
{
    /// <summary>What it is about; null only for commands that are not for people.</summary>
    public HelpTopic? Topic { get; init; }
}

internal sealed record RegisteredAction(
    string Name,
    Permission Permission,
    Type Type,
    Func<IServiceProvider, Envelope, string, string?, CancellationToken, Task<Reply>> Press
);

internal sealed record RegisteredDialog(
    string Name,
    Permission Permission,
    Type Type,
    Func<
        IServiceProvider,
        Envelope,
        string,
        FormAnswers,
        CancellationToken,
        Task<SubmissionReply>
    > Submit
)
{
    /// <summary>Its form for what is answered so far; null when that never changes.</summary>
    public Func<
        IServiceProvider,
        Envelope,
        string,
        FormAnswers,
        CancellationToken,
        ValueTask<DialogForm>
    >? Redraw { get; init; }
}

internal sealed record RegisteredTrigger(
    string Word,
    Permission Permission,
    Type Type,
    Func<IServiceProvider, TriggerCall, CancellationToken, Task<Reply>> Run
);

internal sealed record RegisteredReaction(
    ImmutableArray<string> Emojis,
    Permission Permission,
    Type Type,
    Func<IServiceProvider, ReactionCall, CancellationToken, ValueTask<bool>> Concerns,
    Func<IServiceProvider, ReactionCall, CancellationToken, Task> React
);

internal sealed record RegisteredDueTask(
    string Kind,
    Type Type,
    Func<IServiceProvider, DueCall, CancellationToken, Task> Run
);

/// <summary>A section of the settings file.</summary>
/// <param name="Section">Its name.</param>
/// <param name="Json">How it is read and written.</param>
/// <param name="Defaults">The settings when the file says nothing.</param>
/// <param name="Problems">What is wrong with settings that could be read.</param>
/// <param name="WithFiles">Reads the files that the settings name.</param>
/// <param name="Use">Makes settings available to the parts; once, before they are made.</param>
internal sealed record RegisteredSettings(
    string Section,
    JsonTypeInfo Json,
    object Defaults,
    Func<object, ImmutableArray<SettingProblem>> Problems,
    Func<object, string, ICollection<SettingProblem>, object> WithFiles,
    Action<object> Use
)
{
    /// <summary>What it is about, as a heading.</summary>
    public string Title { get; init; } = Section;

    /// <summary>Each value of it, as administrators see it.</summary>
    public IReadOnlyList<SettingField> Fields { get; init; } = [];

    /// <summary>The data files that belong to it; null when it has none.</summary>
    public RegisteredDataFiles? Files { get; init; }
}

/// <summary>Data files of an administrator's.</summary>
/// <param name="Read">Makes something of them, and adds what is wrong.</param>
/// <param name="Use">Makes that available to the parts; once, before they are made.</param>
internal sealed record RegisteredDataFiles(
    Func<IReadOnlyList<DataFile>, ICollection<string>, object> Read,
    Action<object> Use
);

internal sealed record RegisteredErrand(
    string Name,
    Type Type,
    Func<IServiceProvider, ErrandCall, CancellationToken, Task> Run
);

internal sealed record RegisteredFile(
    string Name,
    Type Type,
    Func<IServiceProvider, FileRequest, Stream, CancellationToken, Task<Refusal?>> Write
);
