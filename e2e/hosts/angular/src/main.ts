import { bootstrapApplication } from "@angular/platform-browser";
import { Appointment } from "./appointment";

bootstrapApplication(Appointment);
