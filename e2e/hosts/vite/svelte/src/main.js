import { mount } from "svelte";
import Appointment from "./Appointment.svelte";

mount(Appointment, { target: document.getElementById("app") });
