using System.Collections.Concurrent;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Mattermost;

/// <summary>Mattermost's REST API behind our verbs, spoken as the bot.</summary>
internal sealed partial class MattermostChat : IChat
{
    private const int NamesAtOnce = 200;

    private const int MostDirectChannels = 20_000;

    private readonly ConcurrentDictionary<UserId, ChannelId> _direct = new();
    private readonly ChatRequests _requests;
    private readonly PostSearch _search;
    private readonly ChatOptions _options;
    private readonly CardRenderer _renderer;
    private readonly ChatFiles _files;
    private readonly ChatChannels _channels;
    private readonly ChatPresences _presences;
    private readonly ChatAudiences _audiences;
    private readonly ChatPeople _people;

    public MattermostChat(
        IHttpClientFactory clients,
        ChatOptions options,
        CardRenderer renderer,
        TimeProvider clock
    )
    {
        (_options, _renderer) = (options, renderer);
        _requests = new ChatRequests(clients, options, clock);
        _search = new PostSearch(_requests, options);
        _files = new ChatFiles(_requests, options);
        _channels = new ChatChannels(_requests, options);
        _presences = new ChatPresences(_requests, options, clock);
        _audiences = new ChatAudiences(_requests, options);
        _people = new ChatPeople(_requests, options, clock);
    }

    public async Task<PostedAt> Post(OutgoingPost post, EffectId effect, CancellationToken cancel)
    {
        try
        {
            return await Send();
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            // A bot may post only where it is a member; public channels of its team it may join by itself.
            if (await _channels.Join(post.Channel, cancel))
            {
                return await Send();
            }

            throw await _requests.Exists($"channels/{post.Channel.Value}", cancel)
                ? refused
                : refused.With(ChatProblem.Missing, ChatObstacle.NoChannel);
        }

        async Task<PostedAt> Send()
        {
            try
            {
                return await SendAs(post);
            }
            catch (ChatException refused) when (post.IsUrgent && IsAboutPriority(refused))
            {
                // A server without priorities takes the post without one: nothing is missing.
                return await SendAs(post with { IsUrgent = false });
            }
        }

        async Task<PostedAt> SendAs(OutgoingPost post)
        {
            var made = await _requests.Fitting(
                limits => Drawn(post, effect, limits),
                ChatWire.Json.NewPost,
                (http, body, c) =>
                    http.Send(HttpMethod.Post, "api/v4/posts", body, ChatWire.Json.WirePost, c),
                cancel
            );
            ChatFiles.Attached(post, made);
            return PostSearch.At(post.Channel, made);
        }
    }

    private NewPost Drawn(OutgoingPost post, EffectId effect, CardLimits limits)
    {
        var card = Placed(post.Card, post.Thread is not null, effect);
        var drawn = _renderer.Render(post.Text, card, limits);
        return new NewPost
        {
            ChannelId = post.Channel.Value,
            RootId = post.Thread?.Value,
            Message = drawn.Message,
            PendingPostId = $"{_options.Bot.Value}:{effect.Value}",
            Props = Props(drawn, effect),
            Metadata = post is { IsUrgent: true, Thread: null } ? NewMetadata.Urgent : null,
            FileIds = post.Files.IsDefaultOrEmpty ? null : [.. post.Files.Select(f => f.Value)],
        };
    }

    public async Task Update(
        PostedAt post,
        Markdown text,
        Card? card,
        EffectId effect,
        CancellationToken cancel
    )
    {
        var withMessage = true;
        try
        {
            await _requests.Fitting(Patch, ChatWire.Json.PostPatch, Send, cancel);
        }
        catch (ChatException late)
            when (ChatRequests.ErrorOf(late)
                == "api.post.update_post.permissions_time_limit.app_error"
            )
        {
            // Some servers let a text be edited for a while only; the card below it may still change.
            withMessage = false;
            await _requests.Fitting(Patch, ChatWire.Json.PostPatch, Send, cancel);
        }
        catch (ChatException refused) when (refused.Obstacle == ChatObstacle.NotAdmitted)
        {
            // Changing a deleted post is answered like a lack of permission.
            if (!await _requests.Exists($"posts/{post.Post.Value}", cancel))
            {
                throw refused.With(ChatProblem.Missing, ChatObstacle.NoPost);
            }

            // Somebody may have removed the bot since: it comes back where it may.
            if (!await _channels.Join(post.Channel, cancel))
            {
                throw;
            }

            await _requests.Fitting(Patch, ChatWire.Json.PostPatch, Send, cancel);
        }

        PostPatch Patch(CardLimits limits)
        {
            var drawn = _renderer.Render(
                text,
                Placed(card, post.Thread != post.Post, effect),
                limits
            );
            return new PostPatch(withMessage ? drawn.Message : null, Props(drawn, effect));
        }

        Task<WirePost> Send(MattermostHttp http, HttpContent patch, CancellationToken c) =>
            http.Send(
                HttpMethod.Put,
                $"api/v4/posts/{Uri.EscapeDataString(post.Post.Value)}/patch",
                patch,
                ChatWire.Json.WirePost,
                c
            );
    }

    public Task<PostedAt?> FindPost(
        ChannelId channel,
        EffectId effect,
        DateTimeOffset since,
        CancellationToken cancel
    ) => _search.Find(channel, effect, since, cancel);

    public async Task<ChannelId> DirectChannel(UserId person, CancellationToken cancel)
    {
        if (_direct.TryGetValue(person, out var known))
        {
            return known;
        }

        var body = MattermostHttp.Json(
            [_options.Bot.Value, person.Value],
            ChatWire.Json.IReadOnlyListString
        );
        var channel = await _requests.Ask(
            _options.WriteTimeout,
            (http, c) =>
                http.Send(
                    HttpMethod.Post,
                    "api/v4/channels/direct",
                    body,
                    ChatWire.Json.WireChannel,
                    c
                ),
            cancel
        );
        if (_direct.Count >= MostDirectChannels)
        {
            _direct.Clear();
        }

        return _direct[person] = new ChannelId(channel.Id);
    }

    public async Task OpenDialog(TriggerId trigger, OpenDialog dialog, CancellationToken cancel)
    {
        var request = new OpenDialogRequest(
            trigger.Value,
            _options.DialogsUrl,
            DialogWriter.Write(dialog, _renderer.NameOf, _options.LookUpsUrl, _options.DialogsUrl)
        );
        var body = MattermostHttp.Json(request, ChatWire.Json.OpenDialogRequest);
        await _requests.Ask(
            _options.DialogTimeout,
            async (http, c) =>
            {
                await http.Send(HttpMethod.Post, "api/v4/actions/dialogs/open", body, c);
                return true;
            },
            cancel
        );
    }

    public async Task AnswerLater(LateAnswer to, Markdown text, CancellationToken cancel)
    {
        if (_options.AnswersLater is { } byItself)
        {
            await byItself(to, text.Show(_renderer.NameOf), cancel);
            return;
        }

        var answer = new LateAnswerRequest("ephemeral", text.Show(_renderer.NameOf));
        var body = MattermostHttp.Json(answer, ChatWire.Json.LateAnswerRequest);
        await _requests.Ask(
            _options.DialogTimeout,
            async (http, c) =>
            {
                await http.Tell($"hooks/commands/{to.Value}", body, c);
                return true;
            },
            cancel
        );
    }

    public async Task<ChatPerson?> FindMember(UserId person, CancellationToken cancel) =>
        await FindPerson(person, cancel) is { } found ? await _people.InTeams(found, cancel) : null;

    public async Task<IReadOnlyList<ChatPerson>> FindAccounts(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => [.. (await _people.Accounts(people, cancel)).Select(ToPerson)];

    public async Task<ChatPerson?> FindPerson(UserId person, CancellationToken cancel)
    {
        if (!person.IsWellFormed)
        {
            return null;
        }

        try
        {
            var path = $"api/v4/users/{Uri.EscapeDataString(person.Value)}";
            var user = await _requests.Ask(
                _options.ReadTimeout,
                (http, c) => http.Send(HttpMethod.Get, path, null, ChatWire.Json.WireUser, c),
                cancel
            );
            AnswerAbout.Demand(user.Id, person.Value, "Who somebody is");
            return ToPerson(user);
        }
        catch (ChatException problem)
            when (problem.Problem is ChatProblem.Missing or ChatProblem.Refused)
        {
            // An id that can't be one is refused like a stranger's; either way there is nobody to show.
            return null;
        }
    }

    public async Task<IReadOnlyList<ChatPerson>> FindPeople(
        IReadOnlyCollection<string> usernames,
        CancellationToken cancel
    )
    {
        var found = new List<ChatPerson>();
        // Names are kept in lower case, and compared as they are written.
        var names = usernames.Select(name => name.ToLowerInvariant()).Distinct();
        foreach (var some in names.Chunk(NamesAtOnce))
        {
            var body = MattermostHttp.Json(some, ChatWire.Json.IReadOnlyListString);
            var users = await _requests.Ask(
                _options.ReadTimeout,
                (http, c) =>
                    http.Send(
                        HttpMethod.Post,
                        "api/v4/users/usernames",
                        body,
                        ChatWire.Json.IReadOnlyListWireUser,
                        c
                    ),
                cancel
            );
            found.AddRange(users.Select(ToPerson));
        }

        return found;
    }

    public Task<FileId> Upload(
        ChannelId channel,
        string name,
        Stream content,
        CancellationToken cancel
    ) => _files.Upload(channel, name, content, cancel);

    public Task<ChatPost?> ReadPost(PostId post, CancellationToken cancel) =>
        _files.ReadPost(post, cancel);

    public Task<IReadOnlyList<ChatPost>> LatestPosts(
        ChannelId channel,
        int atMost,
        CancellationToken cancel
    ) => _files.LatestPosts(channel, atMost, cancel);

    public Task Download(FileId file, Stream to, long atMost, CancellationToken cancel) =>
        _files.Download(file, to, atMost, cancel);

    public Task<bool> IsMember(ChannelId channel, UserId person, CancellationToken cancel) =>
        _files.IsMember(channel, person, cancel);

    public Task<ChatServer> Server(CancellationToken cancel) => _files.Server(cancel);

    private static ChatPerson ToPerson(WireUser user) =>
        new(new UserId(user.Id), user.Username, user.Timezone?.Name, user.IsBot, user.DeleteAt > 0)
        {
            IsSystemAdmin = user.Has("system_admin"),
            // Who comes from another server is a stranger here like a guest.
            IsGuest = user.Has("system_guest") || !string.IsNullOrEmpty(user.RemoteId),
        };

    private static bool IsAboutPriority(ChatException refused) =>
        ChatRequests.ErrorOf(refused) is { } error
        && (
            error.StartsWith("api.post.post_priority.", StringComparison.Ordinal)
            || error.StartsWith("license_error.", StringComparison.Ordinal)
        );

    /// <summary>What a click must tell us later, and what lets menus come to rest with this drawing.</summary>
    private static Card? Placed(Card? card, bool isReply, EffectId effect) =>
        card is null
            ? null
            : card with
            {
                Controls =
                [
                    .. card.Controls.Select(c =>
                        c with
                        {
                            IsInThread = isReply,
                            Drawing = Drawing(effect),
                        }
                    ),
                ],
            };

    private static string Drawing(EffectId effect) =>
        "d" + string.Concat(effect.Value.Where(char.IsAsciiLetterOrDigit).Take(8));

    private static NewProps Props(RenderedPost drawn, EffectId effect) =>
        new()
        {
            EscalateEffect = effect.Value,
            Attachments = drawn.Attachments.Count > 0 ? drawn.Attachments : null,
        };
}
