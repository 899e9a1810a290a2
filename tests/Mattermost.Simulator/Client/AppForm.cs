namespace Mattermost.Simulator;

/// <summary>
/// A form as the web client of 11.6 draws it, as an app's: see “Forms on 11.x” of the contract. What is empty is left
/// out, a preset person or channel is neither shown nor sent, numbers are numbers, and what was submitted before comes
/// back where a field is empty now.
/// </summary>
internal sealed class AppForm : FormOnScreen
{
    private const string Lost = "Submission failed with validation errors";
    private const string Failed = "Submission failed";
    private const string NotRefreshed = "Field refresh failed";
    private const string NoForm = "App response type was not expected. Response type: ok";

    private readonly Dictionary<string, object?> sentBefore;
    private readonly DynamicOptions dynamic;

    public AppForm(FormClient client, OpenedDialog dialog)
        : this(client, dialog, new(StringComparer.Ordinal), new(StringComparer.Ordinal)) { }

    private AppForm(
        FormClient client,
        OpenedDialog dialog,
        Dictionary<string, object?> typed,
        Dictionary<string, object?> sentBefore
    )
        : base(client, dialog)
    {
        this.sentBefore = sentBefore;
        dynamic = new DynamicOptions(client);
        foreach (var (name, value) in typed)
        {
            Values[name] = value;
        }

        ShowPresets();
    }

    public override Dictionary<string, object?> Submission()
    {
        foreach (var element in Dialog.Elements)
        {
            if (Sendable(element) is { } value)
            {
                sentBefore[element.Name] = value;
            }
        }

        return new(sentBefore, StringComparer.Ordinal);
    }

    public override DialogOutcome Read(Sent sent)
    {
        if (sent.Error is not null)
        {
            return new(sent.Status, sent.Error, Failed, DialogForm.None, null, sent.Ephemerals);
        }

        var errors = DialogForm.FieldErrors(sent);
        var shown = errors
            .Where(e => Dialog.Elements.Any(f => f.Name == e.Key))
            .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        var error = sent.Body.Str("error") ?? "";
        return new(
            sent.Status,
            null,
            error.Length == 0 && shown.Count < errors.Count ? Lost : error,
            shown,
            errors.Count == 0 && error.Length == 0 ? Following(sent) : null,
            sent.Ephemerals
        );
    }

    public override IReadOnlyDictionary<string, string> Texts() =>
        Dialog
            .Elements.Where(DynamicOptions.Has)
            .Where(f => Values.GetValueOrDefault(f.Name) is string)
            .ToDictionary(
                f => f.Name,
                f => dynamic.TextOf(f.Name, (string)Values[f.Name]!),
                StringComparer.Ordinal
            );

    public override FormOnScreen Next(OpenedDialog next) =>
        new AppForm(Client, next, Values, sentBefore);

    protected override async Task OpenedAsync()
    {
        foreach (var field in Dialog.Elements.Where(DynamicOptions.Has))
        {
            await dynamic.AtOpenAsync(Dialog, field, Values);
        }
    }

    protected override async Task ChangeAsync(DialogElement field, object? given)
    {
        Values[field.Name] = await TakenAsync(field, given);
        foreach (var other in Dialog.Elements.Where(DynamicOptions.Has))
        {
            await dynamic.AskAsync(Dialog, other, Values, typed: "");
        }

        if (field.Refresh && Dialog.SourceUrl.Length > 0)
        {
            await RefreshAsync();
        }
    }

    protected override Task<IReadOnlyList<Option>> OptionsAsync(
        DialogElement field,
        string typed
    ) =>
        DynamicOptions.Has(field)
            ? dynamic.TypedAsync(Dialog, field, Values, typed)
            : base.OptionsAsync(field, typed);

    protected override Task<IReadOnlyList<Option>> LetterAsync(DialogElement field, string typed) =>
        DynamicOptions.Has(field)
            ? dynamic.LetterAsync(Dialog, field, Values, typed)
            : base.LetterAsync(field, typed);

    private async Task<object?> TakenAsync(DialogElement field, object? given)
    {
        if (given is null or "")
        {
            return null;
        }

        if (Client.IsPhone() && given is string line && IsNew(field))
        {
            return line;
        }

        if (field.Type is "date" or "datetime")
        {
            return DateFields.Chosen(field, given, Client);
        }

        if (field.Type != "select")
        {
            return given is string text ? DialogForm.Chosen(field, text, Client.Pick) : given;
        }

        var chosen = new List<string>();
        foreach (var one in Several(field, given))
        {
            chosen.Add(
                DynamicOptions.Has(field)
                    ? await dynamic.ChooseAsync(Dialog, field, Values, one)
                    : DialogForm.Chosen(field, one, Client.Pick)
            );
        }

        return field.MultiSelect ? chosen : chosen[0];
    }

    private static bool IsNew(DialogElement field) =>
        field.Type is "date" or "datetime" || field.MultiSelect || DynamicOptions.Has(field);

    private static IEnumerable<string> Several(DialogElement field, object given) =>
        given switch
        {
            IEnumerable<string> list => list,
            _ when field.MultiSelect => $"{given}".Split(',', StringSplitOptions.TrimEntries),
            _ => [$"{given}"],
        };

    /// <summary>What goes into a submission; null for what is left out.</summary>
    private object? Sendable(DialogElement field) =>
        Values.GetValueOrDefault(field.Name) switch
        {
            null when field.Type == "bool" => false,
            "" or IReadOnlyCollection<string> { Count: 0 } => null,
            string number when field.SubType == "number" => DialogForm.Number(number),
            var value => value,
        };

    private void ShowPresets()
    {
        foreach (var element in Dialog.Elements)
        {
            if (Presets.Of(element, Client) is { } preset)
            {
                Values[element.Name] = preset;
            }
        }
    }

    /// <summary>The answer to a change replaces the form: what is typed stays, and the presets that it gives appear.</summary>
    private async Task RefreshAsync()
    {
        Trouble = "";
        var sent = await Client.SendAsync(
            "/api/v4/actions/dialogs/submit",
            Dialog,
            Dialog.SourceUrl,
            Submission(),
            type: "refresh"
        );
        if (sent.Error is null && Following(sent) is { } refreshed)
        {
            Dialog = refreshed;
            ShowPresets();
            await OpenedAsync();
            Client.World.Dialogs.Replace(Client.User.Id, refreshed);
            return;
        }

        // By the client's source: the form stays as it was, and says why.
        Trouble =
            sent.Error is not null ? NotRefreshed
            : sent.Body.Str("error") is { Length: > 0 } error ? error
            : DialogForm.FieldErrors(sent).Count > 0 ? $"{NotRefreshed} with validation errors"
            : NoForm;
    }

    private OpenedDialog? Following(Sent sent) =>
        sent.Body.Str("type") == "form" && sent.Body.Get("form") is { } form
            ? OpenedDialog.Following(Client.World.Version, Dialog, form)
            : null;
}
