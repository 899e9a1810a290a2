namespace Mattermost.Simulator;

/// <summary>A form as a client draws it: what it shows, what somebody typed, and what it would send.</summary>
internal abstract class FormOnScreen(FormClient client, OpenedDialog dialog)
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    protected FormClient Client { get; } = client;

    /// <summary>The form as it is shown now.</summary>
    public OpenedDialog Dialog { get; protected set; } = dialog;

    /// <summary>What the form says above its buttons because it could not be drawn anew; empty when it could.</summary>
    public string Trouble { get; protected set; } = "";

    /// <summary>What stands in the fields.</summary>
    protected Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    public static FormOnScreen Draw(FormClient client, OpenedDialog dialog) =>
        client.World.Config.Current.DrawsFormsAsApps
            ? new AppForm(client, dialog)
            : new ClassicForm(client, dialog);

    /// <summary>Fills in some fields, one after the other; the others stay as they are.</summary>
    public Task FillAsync(IReadOnlyDictionary<string, object?> given) =>
        InTurn(async () =>
        {
            await OpenedAsync();
            foreach (var (name, value) in given)
            {
                await ChangeAsync(Field(name), value);
            }

            return true;
        });

    /// <summary>What a list offers once somebody has typed this into it.</summary>
    public Task<IReadOnlyList<Option>> OfferedAsync(string name, string typed) =>
        InTurn(async () =>
        {
            await OpenedAsync();
            return await OptionsAsync(Field(name), typed);
        });

    /// <summary>What stands in a field, or null: an id of a user, a list for a menu with several choices.</summary>
    public object? Shown(string name) => Values.GetValueOrDefault(Field(name).Name);

    /// <summary>What stands in the fields, by their names.</summary>
    public IReadOnlyDictionary<string, object?> AllShown => Values;

    /// <summary>With which words chosen values of lists that ask the integration are shown.</summary>
    public virtual IReadOnlyDictionary<string, string> Texts() => DialogForm.None;

    /// <summary>What a list offers once somebody has typed one more letter.</summary>
    public Task<IReadOnlyList<Option>> AfterLetterAsync(string name, string typed) =>
        InTurn(async () =>
        {
            await OpenedAsync();
            return await LetterAsync(Field(name), typed);
        });

    /// <summary>What the client itself refuses to send, by field.</summary>
    public virtual Dictionary<string, string> Problems() => DialogForm.Check(Dialog, Values);

    /// <summary>The values to send now.</summary>
    public abstract Dictionary<string, object?> Submission();

    /// <summary>What the client makes of the answer.</summary>
    public abstract DialogOutcome Read(Sent sent);

    /// <summary>The form that follows this one.</summary>
    public abstract FormOnScreen Next(OpenedDialog next);

    /// <summary>What the client does when the form comes onto the screen.</summary>
    protected virtual Task OpenedAsync() => Task.CompletedTask;

    protected abstract Task ChangeAsync(DialogElement field, object? given);

    protected virtual Task<IReadOnlyList<Option>> OptionsAsync(DialogElement field, string typed) =>
        Task.FromResult<IReadOnlyList<Option>>([
            .. (field.Options ?? []).Where(o =>
                o.Text.Contains(typed, StringComparison.OrdinalIgnoreCase)
            ),
        ]);

    protected virtual Task<IReadOnlyList<Option>> LetterAsync(DialogElement field, string typed) =>
        OptionsAsync(field, typed);

    // A double click fills in the same form twice at once.
    private Task<T> InTurn<T>(Func<Task<T>> work)
    {
        lock (gate)
        {
            var mine = AfterAsync(last, work);
            last = mine;
            return mine;
        }
    }

    private static async Task<T> AfterAsync<T>(Task before, Func<Task<T>> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await work();
    }

    private DialogElement Field(string name) =>
        Dialog.Elements.FirstOrDefault(e => e.Name == name)
        ?? throw new ArgumentException(
            $"The dialog has no field '{name}'; it has: {string.Join(", ", Dialog.Elements.Select(e => e.Name))}.",
            nameof(name)
        );
}
