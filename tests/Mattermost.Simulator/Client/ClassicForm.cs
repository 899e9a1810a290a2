namespace Mattermost.Simulator;

/// <summary>
/// A form as clients drew it before they drew it as an app's: every preset is sent, an empty field is null, a number
/// is a text, and there are no steps.
/// </summary>
internal sealed class ClassicForm : FormOnScreen
{
    public ClassicForm(FormClient client, OpenedDialog dialog)
        : base(client, dialog)
    {
        foreach (var element in dialog.Elements)
        {
            object? text = element.Default.Length > 0 ? element.Default : null;
            Values[element.Name] = element.Type == "bool" ? element.Default == "true" : text;
        }
    }

    public override Dictionary<string, object?> Submission() => new(Values, StringComparer.Ordinal);

    /// <summary>A required yes-or-no must be yes.</summary>
    public override Dictionary<string, string> Problems()
    {
        var refused = base.Problems();
        foreach (var field in Dialog.Elements.Where(e => e is { Type: "bool", Optional: false }))
        {
            if (Values.GetValueOrDefault(field.Name) is not true)
            {
                refused[field.Name] = DialogForm.Required;
            }
        }

        return refused;
    }

    /// <summary>Errors whose names no field has do not even keep the form open.</summary>
    public override DialogOutcome Read(Sent sent) =>
        new(
            sent.Status,
            sent.Error,
            sent.Body.Str("error") ?? "",
            DialogForm
                .FieldErrors(sent)
                .Where(e => Dialog.Elements.Any(f => f.Name == e.Key))
                .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal),
            null,
            sent.Ephemerals
        );

    public override FormOnScreen Next(OpenedDialog next) => new ClassicForm(Client, next);

    protected override Task ChangeAsync(DialogElement field, object? given)
    {
        Values[field.Name] = given is string text
            ? DialogForm.Chosen(field, text, Client.Pick)
            : given;
        return Task.CompletedTask;
    }
}
